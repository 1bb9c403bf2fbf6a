/** Windows around single pixels of many pictures, as levels: what a network with a small window is trained on (network/window.ts). */

import type { Dataset, Split } from "../data/dataset.ts";
import { type Batch, type Preparation, type PreparationNoise, pictureReader } from "../data/preparation.ts";
import { type Window, windowSize } from "../network/window.ts";
import { levelArray } from "../picture.ts";

/** A pixel of a split. */
export interface PixelPlace {
  /** Picture index in its split. */
  readonly picture: number;
  /** Row and column. */
  readonly y: number;
  readonly x: number;
}

/**
 * Reads the windows of pixels. Levels are those that `readBatch` gives of the same pictures; beyond the border they are 0.
 *
 * @throws {DataError} when the preparation does not fit the set.
 */
export function readWindows(
  dataset: Dataset,
  split: Split,
  places: readonly PixelPlace[],
  window: Window,
  preparation: Preparation,
  noise: PreparationNoise,
): Required<Batch> {
  const { height, width, channels } = dataset;
  const [rows, columns] = windowSize(window);
  const levels = levelArray(preparation.levels, places.length * rows * columns * channels);
  const inside = new Uint8Array(places.length * rows * columns);
  const labels = new Int32Array(places.length);
  const rowsAndColumns = Int32Array.from(places.flatMap(({ y, x }) => [y, x]));
  const read = pictureReader(dataset, split, preparation, noise);
  const whole = levelArray(Math.max(dataset.levels, preparation.levels), height * width * channels);
  places.forEach(({ picture, y, x }, b) => {
    labels[b] = read(picture, whole);
    const first = Math.max(0, x - window.left);
    const end = Math.min(width, x + window.right + 1);
    for (let row = Math.max(0, window.above - y); row < rows; row++) {
      const from = (y - window.above + row) * width;
      const to = (b * rows + row) * columns + window.left - x;
      inside.fill(1, to + first, to + end);
      // Rows are too short for the copying of typed arrays to pay.
      for (let i = first * channels; i < end * channels; i++) {
        levels[to * channels + i] = whole[from * channels + i]!;
      }
    }
  });
  return { levels, inside, places: rowsAndColumns, labels };
}
