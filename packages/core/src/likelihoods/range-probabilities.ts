/**
 * Probabilities of R equal ranges of K levels, where a vector of all levels would be too long: level k is in range ⌊k·R / K⌋.
 */
import { exp, log } from "../arithmetic/float64.ts";
import type { Likelihood, LikelihoodKind, ValueLogits } from "./likelihood.ts";

/**
 * Writes log P(range) of all ranges, of which there are as many as `target` has room for, nats; −∞ where float64 does not tell the
 * probability from 0.
 */
export function writeRanges(likelihood: Likelihood, value: ValueLogits, target: Float32Array): void {
  writers[likelihood.kind](target, value, likelihood);
}

type Writer = (target: Float32Array, value: ValueLogits, likelihood: Likelihood) => void;

const writers = {
  bernoulli: byCdf,
  mixture: byCdf,
  // Its cumulative distribution is a sum over levels, every time.
  categorical(target, { logits, offset, levels }) {
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < levels; k++) most = Math.max(most, logits[offset + k]!);
    let total = 0;
    for (let range = 0, k = 0; range < target.length; range++) {
      let sum = 0;
      for (const end = endOf(range, target.length, levels); k < end; k++)
        sum += exp(logits[offset + k]! - most);
      target[range] = log(sum);
      total += sum;
    }
    for (let range = 0; range < target.length; range++) target[range]! -= log(total);
  },
} as const satisfies Record<LikelihoodKind, Writer>;

/** By differences of the cumulative distribution. */
function byCdf(target: Float32Array, value: ValueLogits, likelihood: Likelihood): void {
  const cdf = likelihood.cdf(value);
  let below = 0;
  for (let range = 0; range < target.length; range++) {
    const upTo = cdf(endOf(range, target.length, value.levels) - 1);
    target[range] = log(Math.max(0, upTo - below)); // rounding may let it fall
    below = upTo;
  }
}

/** First level behind a range. */
function endOf(range: number, ranges: number, levels: number): number {
  return Math.ceil(((range + 1) * levels) / ranges);
}
