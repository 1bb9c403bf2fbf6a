/**
 * One loop for both ways: the cached pass with every value known. Encoder and decoder differ only in who knows a level first, so
 * what the one coded with is what the other decodes with, by construction.
 *
 * Pictures go through in batches of so many as there are lanes; a lane is a message of its own with every so-many-th picture, so
 * that decoding draws on the batched pass too.
 */

import { LogitsError } from "../likelihoods/logits-error.ts";
import type { Model } from "../network/model.ts";
import { levelArray } from "../picture.ts";
import { type OpenPass, openPinnedPass } from "../samplers/incremental/open-pinned-pass.ts";
import { levelCounter } from "./count-levels.ts";
import type { ValueCounts } from "./value-counts.ts";

/** The pictures of one message. */
export interface Coding {
  readonly count: number;
  /** Pictures that are coded side by side. */
  readonly lanes: number;
  /** One per picture; null for a network without classes. */
  readonly labels: Int32Array | null;
  /** Told the share of all rows that is done. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * What becomes of one value: codes it by its counts, and returns its level.
 *
 * @param element flat index in the picture, (y·W + x)·C + c.
 */
export type CodeValue = (picture: number, element: number, counts: ValueCounts) => number;

/**
 * Codes all values of `count` pictures: batch after batch, in each position after position, and at each picture after picture.
 *
 * @throws {LogitsError} where the model gives no distribution.
 */
export async function codePictures(
  model: Model,
  { count, lanes, labels, onProgress }: Coding,
  code: CodeValue,
  openPass: OpenPass = openPinnedPass,
): Promise<void> {
  const { picture } = model.network;
  const { height, width, channels } = picture;
  const countLevels = levelCounter(model.network);
  for (let first = 0; first < count; first += lanes) {
    const batch = Math.min(lanes, count - first);
    const levels = levelArray(picture.levels, batch);
    const pixels = levelArray(picture.levels, batch * channels);
    const pass = await openPass(model, batch, labels?.subarray(first, first + batch) ?? null);
    try {
      for (let y = 0, element = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let c = 0; c < channels; c++, element++) {
            pass.advance(y, x, c);
            countLevels(pass, y, x, c, pixels, (b, counts) => {
              if (counts === null) throw new LogitsError(picture, first + b, element);
              const level = code(first + b, element, counts);
              levels[b] = level;
              pixels[b * channels + c] = level;
            });
            pass.set(y, x, c, levels);
          }
        }
        onProgress?.((first * height + batch * (y + 1)) / (count * height));
      }
    } finally {
      pass.dispose();
    }
  }
}
