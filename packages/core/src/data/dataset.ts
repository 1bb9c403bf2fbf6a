/**
 * What a data set is: three parts of pictures of one size. Pictures stay bytes, as stored; turning them into the levels
 * of a model (quantise.ts, binarise.ts) happens a batch at a time, so a set costs one byte per stored value (two where it has 16 bits).
 */
import type { Palette } from "../palette.ts";
import type { LevelArray, PictureShape } from "../picture.ts";

export type { LevelArray };

/** One part of a data set. Bytes stay bytes: pixels are levels as stored. */
export interface Split {
  readonly length: number;

  /**
   * Copies picture `index` into `target` at `offset`: H·W·C levels, row-major, channels last.
   *
   * @returns its class label, 0 when the set has no labels.
   * @throws {RangeError} when `index` is not a whole number from 0 to length - 1, or the picture does not fit.
   */
  read(index: number, target: LevelArray, offset: number): number;

  /**
   * The pictures of one epoch (from 1), for a part that draws fresh ones every epoch; the part itself is epoch 1.
   * Absent where every epoch has the same pictures.
   */
  atEpoch?(epoch: number): Split;
}

/** Three parts of pictures of one size. The test part is never used to choose anything. */
export interface Dataset {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Levels of the stored pixels: 2, 256, or 65,536 where they have 16 bits; where they are names, as many as there are. */
  readonly levels: number;
  /** Are levels names of things, of colours, tiles or codes? They have no order, so they are taken as they are, never made fewer. */
  readonly unordered?: true;
  /** The colours that the levels name; absent where they are amounts, or names of something else. */
  readonly palette?: Palette;
  /** Number of class labels, 0 without labels. */
  readonly classes: number;
  /** What the labels mean, one name per class; absent where nobody named them. */
  readonly classNames?: readonly string[];
  readonly train: Split;
  readonly validation: Split;
  readonly test: Split;
}

/** What the pictures of a set are as they are stored, or with other levels where those are amounts. */
export function pictureOf(
  { height, width, channels, palette, unordered, levels: stored }: Dataset,
  levels = stored,
): PictureShape {
  const kind = palette ? { palette } : unordered && { unordered };
  return { height, width, channels, levels, ...kind };
}

/** @throws {RangeError} when `index` is not one of `length` pictures or `size` bytes at `offset` leave the target. */
export function checkRead(
  index: number,
  length: number,
  target: LevelArray,
  offset: number,
  size: number,
): void {
  if (!Number.isInteger(index) || index < 0 || index >= length) {
    throw new RangeError(`expected a picture index from 0 to ${length - 1}, got ${index}`);
  }
  if (!Number.isInteger(offset) || offset < 0 || offset + size > target.length) {
    throw new RangeError(
      `expected room for ${size} values at offset ${offset}, but the target has ${target.length}`,
    );
  }
}
