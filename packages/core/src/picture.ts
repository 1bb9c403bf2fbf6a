/** What a picture is, and the unit of its likelihood that does not depend on its size. */
import type { Palette } from "./palette.ts";

/** H × W × C values, each one of K levels. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  /** 1 or 3. */
  readonly channels: number;
  /** 2 ... 65,536. */
  readonly levels: number;
  /** What the levels show where they are numbers of colours, K of them for 1 channel; absent where they are amounts, from black to white. */
  readonly palette?: Palette;
  /** Where the levels are numbers of other things that have no order: codes, tiles of a map. */
  readonly unordered?: true;
}

/** Is a level more than the one before it, or only another one? */
export function isOrdered({ palette, unordered }: PictureShape): boolean {
  return palette === undefined && unordered === undefined;
}

/** Levels of pictures: bytes, or 16 bits a value where there are more than 256 levels. */
export type LevelArray = Uint8Array | Uint16Array;

/** Room for so many levels 0 … K − 1, all 0. */
export function levelArray(levels: number, length: number): LevelArray {
  return levels > 256 ? new Uint16Array(length) : new Uint8Array(length);
}

/** Number of values in a picture, H·W·C. */
export function dimensions(picture: PictureShape): number {
  return picture.height * picture.width * picture.channels;
}

/** Bits for each value of a picture: nats / (H·W·C · ln 2). Papers give nats for binary pictures and bits/dim for the others. */
export function bitsPerDim(nats: number, picture: PictureShape): number {
  return nats / (dimensions(picture) * Math.LN2);
}
