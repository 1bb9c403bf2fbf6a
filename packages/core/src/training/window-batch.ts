/** Windows around single pixels of many pictures, as levels: what a network with a small window is trained on (network/window.ts). */

import type { Batch } from "../data/preparation.ts";
import type { PreparedPictures } from "../data/prepared-pictures.ts";
import { type Window, windowSize } from "../network/window.ts";
import { type LevelArray, levelArray } from "../picture.ts";
import type { PixelPlaces } from "./pixel-places.ts";

/**
 * Reads the windows of pixels. Levels are those that `readBatch` gives of the same pictures; beyond the border they are 0.
 *
 * @param spent a batch whose arrays are taken where they are as long.
 */
export function readWindows(
  prepared: PreparedPictures,
  { pictures, rowsAndColumns, counts }: PixelPlaces,
  window: Window,
  spent?: Batch,
): Required<Batch> {
  const { dataset, preparation, levels: from } = prepared;
  const { height, width, channels } = dataset;
  const [rows, columns] = windowSize(window);
  const cells = pictures.length * rows * columns;
  const levels = emptied(spent?.levels, cells * channels) ?? levelArray(preparation.levels, cells * channels);
  const inside = emptied(spent?.inside, cells) ?? new Uint8Array(cells);
  const labels = new Int32Array(pictures.length);
  for (let b = 0; b < pictures.length; b++) {
    const picture = pictures[b]!;
    const [y, x] = [rowsAndColumns[2 * b]!, rowsAndColumns[2 * b + 1]!];
    labels[b] = prepared.prepare(picture);
    const first = Math.max(0, x - window.left);
    const end = Math.min(width, x + window.right + 1);
    for (let row = Math.max(0, window.above - y); row < rows; row++) {
      const source = (picture * height + y - window.above + row) * width + first;
      const target = (b * rows + row) * columns + window.left - x + first;
      // Rows are too short for the copying and filling of typed arrays to pay.
      for (let i = 0; i < end - first; i++) inside[target + i] = 1;
      for (let i = 0; i < (end - first) * channels; i++) {
        levels[target * channels + i] = from[source * channels + i]!;
      }
    }
  }
  return { levels, inside, places: rowsAndColumns, counts, labels };
}

/** An array of this length with nothing but zeros, if it is that long. */
function emptied<A extends LevelArray>(array: A | undefined, length: number): A | null {
  if (array?.length !== length) return null;
  array.fill(0);
  return array;
}
