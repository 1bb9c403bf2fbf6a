/** Eight pixels a character, each a dot or none; greys by ordered dithering. */

import { luma, type Raster } from "../raster.ts";
import { BrailleCanvas } from "./braille-canvas.ts";
import { type ColourDepth, colourSequence, resetSequence } from "./colour.ts";
import { MARK } from "./mark.ts";

/** Bayer's matrix of 4×4 thresholds, in sixteenths. */
const THRESHOLDS = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5] as const;

/** Shown in place of a character of dots that holds the marked pixel. */
const MARKED = "⠿";

/** Lines of ⌈width / 2⌉ characters, ⌈height / 4⌉ of them. */
export function braille(raster: Raster, depth: ColourDepth): string[] {
  const { width, height, drawn, mark } = raster;
  const canvas = new BrailleCanvas(Math.ceil(width / 2), Math.ceil(height / 4));
  for (let i = 0; i < drawn; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    if (luma(raster, i) > (THRESHOLDS[(y % 4) * 4 + (x % 4)]! + 0.5) / 16) canvas.set(x, y, 0);
  }
  return canvas.rows().map((cells, row) =>
    cells
      .map(({ character }, column) => {
        const marked =
          mark !== null &&
          Math.floor((mark % width) / 2) === column &&
          Math.floor(Math.floor(mark / width) / 4) === row;
        if (!marked) return character;
        return depth === 0
          ? MARKED
          : `${colourSequence(MARK, "text", depth)}${MARKED}${resetSequence("text")}`;
      })
      .join(""),
  );
}
