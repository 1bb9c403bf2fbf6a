/** Drawn pictures on a terminal: side by side as far as it is wide, row under row as far as it is high. */
import { WriteStream } from "node:tty";
import { dimensions } from "@pixelcnn/core";
import { type ColourDepth, pictureText, rasterOf, type TextStyle, textSize } from "@pixelcnn/pictures";
import { hasColour } from "../output/has-colour.ts";
import type { DrawnPictures } from "./write-drawn.ts";

/** What a terminal shows. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly colour: ColourDepth;
}

/** Lines below the pictures: what was drawn, and the prompt. */
const LINES_BELOW = 3;

/** The one that reads standard output; 80 × 24 where it is none. */
export function standardScreen(): Screen {
  const { columns = 80, rows = 24 } = process.stdout;
  // Where there is colour at all: sixteen colours are too few for pictures, and who has them has the palette as well.
  const depth = hasColour() ? WriteStream.prototype.getColorDepth() : 1;
  return { columns, rows, colour: depth >= 24 ? 24 : depth > 1 ? 8 : 0 };
}

/** Lines of the first of them; at least a row, and a line that says how many there are besides. */
export function screenText({ pixels, count, picture }: DrawnPictures, screen: Screen): string[] {
  const { columns, rows, colour } = screen;
  // A half block without colour is nothing but ink.
  const candidates: TextStyle[] = colour > 0 ? ["half-blocks", "braille"] : ["ascii", "braille"];
  const style = candidates.find((one) => textSize(picture, one).columns <= columns) ?? "braille";
  const size = textSize(picture, style);
  const across = Math.max(1, Math.floor((columns + 1) / (size.columns + 1)));
  const down = Math.max(1, Math.floor((rows - LINES_BELOW + 1) / (size.rows + 1)));
  const shown = Math.min(count, across * down);
  const values = dimensions(picture);
  const texts = Array.from({ length: shown }, (_, i) =>
    pictureText(rasterOf(pixels.subarray(i * values, (i + 1) * values), picture), style, colour),
  );
  const lines: string[] = [];
  for (let from = 0; from < shown; from += across) {
    if (from > 0) lines.push("");
    const row = texts.slice(from, Math.min(shown, from + across));
    for (let y = 0; y < size.rows; y++) lines.push(row.map((text) => text[y] ?? "").join(" "));
  }
  return shown < count ? [...lines, `and ${count - shown} more`] : lines;
}
