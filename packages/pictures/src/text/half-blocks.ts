/** Two pixels a character: the upper one as the text's colour of "▀", the lower one as the colour behind it. */
import type { Raster } from "../raster.ts";
import { type ColourDepth, colourSequence, resetSequence } from "./colour.ts";
import { colourAt } from "./mark.ts";

/** Lines of `width` characters, ⌈height / 2⌉ of them; blank where nothing is drawn. */
export function halfBlocks(raster: Raster, depth: ColourDepth): string[] {
  const { width, height } = raster;
  return Array.from({ length: Math.ceil(height / 2) }, (_, row) => {
    let line = "";
    let text = "";
    let behind = "";
    // Sequences only where the colour changes: a frame has to pass through ssh.
    const paint = (nextText: string, nextBehind: string, character: string) => {
      if (nextText !== text) line += nextText || resetSequence("text");
      if (nextBehind !== behind) line += nextBehind || resetSequence("behind");
      text = nextText;
      behind = nextBehind;
      line += character;
    };
    for (let x = 0; x < width; x++) {
      const top = colourAt(raster, 2 * row * width + x);
      const bottom = 2 * row + 1 < height ? colourAt(raster, (2 * row + 1) * width + x) : null;
      if (top === null && bottom === null) paint("", "", " ");
      else if (top === null) paint(colourSequence(bottom!, "text", depth), "", "▄");
      else {
        const below = bottom === null ? "" : colourSequence(bottom, "behind", depth);
        paint(colourSequence(top, "text", depth), below, "▀");
      }
    }
    paint("", "", "");
    return line;
  });
}
