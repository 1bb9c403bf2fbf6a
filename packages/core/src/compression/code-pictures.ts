/**
 * One loop for both ways: the cached pass with every value known. Encoder and decoder differ only in who knows a level first, so
 * what the one coded with is what the other decodes with, by construction.
 *
 * Pictures go through in batches of so many as there are lanes; a lane is a message of its own with every so manieth picture, so
 * that decoding draws on the batched pass too.
 */
import { OptionError } from "../errors.ts";
import { likelihoodOf } from "../likelihoods/likelihoods.ts";
import { LogitsError } from "../likelihoods/logits-error.ts";
import type { Model } from "../network/model.ts";
import { type OpenPass, openPinnedPass } from "../samplers/incremental/open-pinned-pass.ts";
import { weighLevels } from "../samplers/incremental/weigh-levels.ts";
import { LevelCounts } from "./level-counts.ts";

/** The pictures of one message. */
export interface Coding {
  readonly count: number;
  /** Pictures that are coded side by side. */
  readonly lanes: number;
  /** One a picture; null for a network without classes. */
  readonly labels: Int32Array | null;
}

/**
 * What becomes of one value: codes it by its counts, and returns its level.
 *
 * @param element flat index in the picture, (y·W + x)·C + c.
 */
export type CodeValue = (picture: number, element: number, counts: LevelCounts) => number;

/**
 * Codes all values of `count` pictures: batch after batch, in each position after position, and at each picture after picture.
 *
 * @throws {OptionError} for a likelihood that has no weights of levels, {LogitsError} where the model gives no distribution.
 */
export async function codePictures(
  model: Model,
  { count, lanes, labels }: Coding,
  code: CodeValue,
  openPass: OpenPass = openPinnedPass,
): Promise<void> {
  const { picture } = model.network;
  const { height, width, channels } = picture;
  const { kind } = likelihoodOf(model.network);
  const weigh = weighLevels[kind];
  if (weigh === null) {
    throw new OptionError(
      `expected a model whose levels have a logit each, got one of a ${kind}; choose another model`,
    );
  }
  const counts = new LevelCounts(picture.levels);
  for (let first = 0; first < count; first += lanes) {
    const batch = Math.min(lanes, count - first);
    const levels = new Uint8Array(batch);
    const pass = await openPass(model, batch, labels?.subarray(first, first + batch) ?? null);
    try {
      for (let y = 0, element = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let c = 0; c < channels; c++, element++) {
            pass.advance(y, x, c);
            weigh(pass, y, x, c, 1, (b, weights, from, step) => {
              if (!counts.set(weights, from, step)) throw new LogitsError(picture, first + b, element);
              levels[b] = code(first + b, element, counts);
            });
            pass.set(y, x, c, levels);
          }
        }
      }
    } finally {
      pass.dispose();
    }
  }
}
