/** A part whose pictures lie one after another in memory, already channels last. */
import type { LevelArray } from "../picture.ts";
import { checkRead, type Split } from "./dataset.ts";

/**
 * A part that reads from `pixels` without copying it.
 *
 * @param pixels N pictures of `pictureSize` = H·W·C values each.
 * @param labels N class labels; left out, every label is 0.
 */
export function storedSplit(pixels: LevelArray, pictureSize: number, labels?: Uint8Array): Split {
  const length = pixels.length / pictureSize;
  return {
    length,
    read(index, target, offset) {
      checkRead(index, length, target, offset, pictureSize);
      target.set(pixels.subarray(index * pictureSize, (index + 1) * pictureSize), offset);
      return labels === undefined ? 0 : labels[index]!;
    },
  };
}
