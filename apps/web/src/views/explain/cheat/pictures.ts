/** Generated digits, black and white: the pictures that the small model is fitted to, and others that it is measured on. */
import { glyphsDataset, type Split } from "@pixelcnn/core/data";

export interface BinaryPictures {
  readonly count: number;
  readonly side: number;
  /** [count, side, side], 0 and 1. */
  readonly levels: Uint8Array;
}

const SIDE = 16;

const dataset = glyphsDataset({ height: SIDE, width: SIDE, channels: 1 });

export const fitted: () => BinaryPictures = () => read(dataset.train, 150);
export const unseen: () => BinaryPictures = () => read(dataset.test, 100);

function read(split: Split, count: number): BinaryPictures {
  const levels = new Uint8Array(count * SIDE * SIDE);
  for (let i = 0; i < count; i++) split.read(i, levels, i * SIDE * SIDE);
  for (let i = 0; i < levels.length; i++) levels[i] = levels[i]! >= 128 ? 1 : 0;
  return { count, side: SIDE, levels };
}
