/** Colour sequences of terminals. */

/** Bits of a colour: 24 for any, 8 for the palette of 256, 0 for none. */
export type ColourDepth = 24 | 8 | 0;

/** A colour, 0 ... 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The sequence that sets a colour of text or of what is behind it; empty at depth 0. */
export function colourSequence(
  [red, green, blue]: Rgb,
  plane: "text" | "behind",
  depth: ColourDepth,
): string {
  const code = plane === "text" ? 38 : 48;
  if (depth === 24) return `\x1b[${code};2;${red};${green};${blue}m`;
  return depth === 8 ? `\x1b[${code};5;${paletteIndex(red, green, blue)}m` : "";
}

/** The sequence that goes back to the terminal's own colour. */
export function resetSequence(plane: "text" | "behind"): string {
  return plane === "text" ? "\x1b[39m" : "\x1b[49m";
}

/** Greys have 24 places and the corners of the cube in xterm's palette, other colours a cube of 6×6×6. */
function paletteIndex(red: number, green: number, blue: number): number {
  if (red === green && green === blue) {
    if (red < 4) return 16;
    return red > 246 ? 231 : 232 + Math.round((Math.min(238, Math.max(8, red)) - 8) / 10);
  }
  const step = (byte: number) => (byte < 48 ? 0 : byte < 115 ? 1 : Math.round((byte - 55) / 40));
  return 16 + 36 * step(red) + 6 * step(green) + step(blue);
}
