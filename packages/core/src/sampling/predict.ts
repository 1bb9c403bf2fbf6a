/**
 * What a model expects at every value of a given picture, before it sees that value:
 *
 *     log p(x_i = k | x_1 … x_{i-1})      for all k, with x_1 … x_{i-1} as the picture has them
 *
 * A picture's log-probability is the sum of the entries that it has (van den Oord et al. 2016, arXiv:1601.06759, equation 1).
 */

import { checkPicture } from "../check-pictures.ts";
import { OptionError } from "../errors.ts";
import {
  earlierChannels,
  type Likelihood,
  type LikelihoodKind,
  type ValueLogits,
} from "../likelihoods/likelihood.ts";
import { likelihoodOf, logitsRead } from "../likelihoods/likelihoods.ts";
import { areFinite, LogitsError } from "../likelihoods/logits-error.ts";
import { writeRanges } from "../likelihoods/range-probabilities.ts";
import type { Model } from "../network/model.ts";
import type { LevelArray } from "../picture.ts";
import { openPositions } from "../samplers/incremental/open-positions.ts";
import { labelsOf } from "./labels.ts";

/** What a prediction needs besides the picture. */
export interface PredictOptions {
  /** Class label of the picture. Required exactly when the network has classes. */
  readonly classLabel?: number;
  /**
   * Equal ranges of the levels, 2 ... K, whose probabilities are wanted instead of those of single levels: level k is in range
   * ⌊k·ranges / K⌋. Of a mixture no vector of K numbers is made then.
   */
  readonly ranges?: number;
}

/** Most numbers of a prediction, 512 MiB of them. */
const MOST_NUMBERS = 2 ** 27;

/**
 * The predictive distribution of every value of one picture, at temperature 1.
 *
 * @param levels the picture, [H, W, C].
 * @returns nats, [H, W, C, K], or [H, W, C, ranges]; a row adds up to probability 1. −∞ is a range whose probability float64 does not tell from 0.
 * @throws {ShapeError} when `levels` is not H·W·C values, {OptionError} for a level, a class label or a number of ranges out of range, or
 * more numbers than memory should hold, {LogitsError} where the model gives no distribution.
 */
export async function predict(
  model: Model,
  levels: LevelArray,
  options: PredictOptions = {},
): Promise<Float32Array<ArrayBuffer>> {
  const { picture } = model.network;
  const { height, width, channels, levels: K } = picture;
  checkPicture(levels, picture);
  const labels = labelsOf(model.network, options.classLabel, 1);
  const { ranges = K } = options;
  checkRanges(ranges, K, levels.length);
  const distributions = new Float32Array(levels.length * ranges);
  const likelihood = likelihoodOf(model.network);
  const read = logitsRead(model.network).map(([start, end]) => end - start);
  const sampler = await openPositions(model, 1, labels);
  try {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++, i++) {
          const logits = await sampler.logits(y, x, c);
          if (!areFinite(logits, 0, read[c]!)) throw new LogitsError(picture, 0, i);
          const value = { logits, offset: 0, levels: K, earlier: earlierChannels(levels, i, c) };
          const target = distributions.subarray(i * ranges, (i + 1) * ranges);
          if (ranges === K) writers[likelihood.kind](target, value, likelihood);
          else writeRanges(likelihood, value, target);
          sampler.set(y, x, c, levels.subarray(i, i + 1));
        }
      }
    }
  } finally {
    sampler.dispose();
  }
  return distributions;
}

function checkRanges(ranges: number, levels: number, values: number): void {
  if (!Number.isInteger(ranges) || ranges < 2 || ranges > levels) {
    throw new OptionError(`expected 2 to ${levels} ranges of levels, got ${ranges}`);
  }
  if (values * ranges > MOST_NUMBERS) {
    throw new OptionError(
      `expected at most ${MOST_NUMBERS} probabilities, got ${values} values of ${ranges}; choose fewer ranges`,
    );
  }
}

/** Writes the log-probabilities of all K levels. */
type Writer = (target: Float32Array, value: ValueLogits, likelihood: Likelihood) => void;

function oneByOne(target: Float32Array, value: ValueLogits, likelihood: Likelihood): void {
  for (let k = 0; k < target.length; k++) target[k] = likelihood.logProbability(value, k);
}

const writers = {
  bernoulli: oneByOne,
  mixture: oneByOne,
  // They differ as the logits do: one sum of exponentials is enough.
  categorical(target, value, likelihood) {
    const { logits, offset } = value;
    const lowest = likelihood.logProbability(value, 0);
    target[0] = lowest;
    for (let k = 1; k < target.length; k++) target[k] = lowest + (logits[offset + k]! - logits[offset]!);
  },
} as const satisfies Record<LikelihoodKind, Writer>;
