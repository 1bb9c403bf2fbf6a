/** The twelve colours of the sprites, and the letters that stand for them in the drawings of their parts. */
import type { Palette } from "../../palette.ts";

/** Nothing, ink, white, skin, then four cloths, the shade of each before its light. */
export const SPRITE_PALETTE: Palette = [
  [0, 0, 0, 0],
  [34, 32, 52, 255],
  [245, 240, 225, 255],
  [232, 183, 150, 255],
  [140, 35, 50, 255],
  [220, 80, 70, 255],
  [40, 100, 60, 255],
  [110, 190, 90, 255],
  [45, 70, 150, 255],
  [95, 155, 230, 255],
  [160, 100, 40, 255],
  [240, 190, 80, 255],
];

/** What a sprite wears: numbers of two different cloths. */
export interface Colourway {
  readonly main: number;
  readonly trim: number;
}

/** Cloths to choose from. */
export const CLOTHS = 4;

/** The level of a letter of a drawing: `M` and `m` are the main cloth and its shade, `T` and `t` those of the trim. */
export function levelOfLetter(letter: string, { main, trim }: Colourway): number {
  switch (letter) {
    case "#":
      return 1;
    case "W":
      return 2;
    case "S":
      return 3;
    case "m":
      return 4 + 2 * main;
    case "M":
      return 5 + 2 * main;
    case "t":
      return 4 + 2 * trim;
    case "T":
      return 5 + 2 * trim;
    default:
      return 0;
  }
}
