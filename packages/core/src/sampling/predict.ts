/**
 * What a model expects at every value of a given picture, before it sees that value:
 *
 *     log p(x_i = k | x_1 … x_{i-1})      for all k, with x_1 … x_{i-1} as the picture has them
 *
 * A picture's log-probability is the sum of the entries that it has (van den Oord et al. 2016, arXiv:1601.06759, equation 1).
 */
import { OptionError, ShapeError } from "../errors.ts";
import { openPositions } from "../incremental/open-positions.ts";
import { logProbability } from "../likelihood/log-probability.ts";
import { areFinite, LogitsError } from "../likelihood/logits-error.ts";
import { dimensions, logitsPerChannel } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import { labelsOf } from "./labels.ts";

/** What a prediction needs besides the picture. */
export interface PredictOptions {
  /** Class label of the picture. Required exactly when the network has classes. */
  readonly classLabel?: number;
}

/**
 * The predictive distribution of every value of one picture, at temperature 1.
 *
 * @param levels the picture, [H, W, C].
 * @returns nats, [H, W, C, K]; a row of K adds up to probability 1.
 * @throws {ShapeError} when `levels` is not H·W·C values, {OptionError} for a level or a class label out of range,
 * {LogitsError} where the model gives no distribution.
 */
export async function predict(
  model: Model,
  levels: Uint8Array,
  options: PredictOptions = {},
): Promise<Float32Array<ArrayBuffer>> {
  const { picture } = model.network;
  const { height, width, channels, levels: K } = picture;
  if (levels.length !== dimensions(picture)) {
    throw new ShapeError(
      `expected a picture of ${height}×${width}×${channels} levels, got ${levels.length} values`,
    );
  }
  const strange = levels.find((level) => level >= K);
  if (strange !== undefined) throw new OptionError(`expected levels from 0 to ${K - 1}, got ${strange}`);
  const labels = labelsOf(model.network, options.classLabel, 1);
  const distributions = new Float32Array(levels.length * K);
  const reader = await openPositions(model, 1, labels);
  try {
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++, i++) {
          const logits = await reader.logits(y, x, c);
          if (!areFinite(logits, 0, logitsPerChannel(picture))) throw new LogitsError(picture, 0, i);
          writeDistribution(distributions, i * K, logits, K);
          reader.set(y, x, c, levels.subarray(i, i + 1));
        }
      }
    }
  } finally {
    reader.dispose();
  }
  return distributions;
}

/** Log-probabilities of all K levels, from `at` on. */
function writeDistribution(target: Float32Array, at: number, logits: Float32Array, levels: number): void {
  const lowest = logProbability(logits, 0, levels, 0);
  target[at] = lowest;
  if (levels === 2) target[at + 1] = logProbability(logits, 0, levels, 1);
  // They differ as the logits do: one sum of exponentials is enough.
  else for (let k = 1; k < levels; k++) target[at + k] = lowest + (logits[k]! - logits[0]!);
}
