/**
 * What a draw needs of a value's logits, at a temperature above 0:
 *
 *     weight_k = e^((l_k - max l) / T)
 *
 * as kernels/exponentials.ts computes them. Weights are positive: below e^-87 they stay there. Where any logit is not finite, all
 * weights of its value are NaN.
 */
import { exponential } from "./exponential.ts";

const { fround } = Math;

/**
 * The K weights of one value, whose logits stand in `logits` from `from` on.
 *
 * @param inverse 1/T in float32.
 * @param weights receives them from `to` on.
 */
export function levelWeights(
  logits: Float32Array,
  from: number,
  levels: number,
  inverse: number,
  weights: Float32Array,
  to: number,
): void {
  let most = logits[from]!;
  let strangeness = 0; // 0 for finite logits, else NaN
  for (let k = 0; k < levels; k++) {
    const logit = logits[from + k]!;
    if (logit > most) most = logit;
    strangeness += logit * 0;
  }
  most += strangeness;
  for (let k = 0; k < levels; k++) weights[to + k] = weight(logits[from + k]!, most, inverse);
}

/** The two weights of a Bernoulli, whose levels have the logits 0 and `logit`: that of the likelier level is 1. */
export function binaryWeights(logit: number, inverse: number, weights: Float32Array, to: number): void {
  const lesser = weight(-Math.abs(logit), logit * 0, inverse);
  const one = 1 + logit * 0;
  weights[to] = logit > 0 ? lesser : one;
  weights[to + 1] = logit > 0 ? one : lesser;
}

function weight(logit: number, most: number, inverse: number): number {
  const exponent = fround(fround(logit - most) * inverse);
  return exponential(Math.max(exponent, -87));
}
