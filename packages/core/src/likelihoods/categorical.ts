/**
 * K levels, a logit each:
 *
 *     log p_k = l_k - log Σ_j exp l_j
 *
 * A draw is the inverse cumulative distribution of softmax(l / T): pick-level.ts. van den Oord et al. 2016, arXiv:1601.06759,
 * section 2.2 (softmax over the values of a pixel).
 */
import { exp, log } from "../arithmetic/float64.ts";
import type { Likelihood, ValueLogits } from "./likelihood.ts";
import { pickLevel } from "./pick-level.ts";
import { SMOOTH_FROM, smoothWeights } from "./smooth-logits.ts";

/** exp((l_k - max l) / T) of the value at hand; room for more where there are more. */
let weights = new Float64Array(256);

export const categorical: Likelihood = {
  kind: "categorical",
  tiesChannels: false,
  keptOfPixel: 0,
  logitsOfChannel: (levels) => levels,
  initialWeights: (levels, reaching, noise, isOrdered) =>
    isOrdered && levels >= SMOOTH_FROM ? smoothWeights(levels, reaching, noise) : null,
  initialBiases: () => null,
  logProbability(value, level) {
    const most = highest(value);
    return value.logits[value.offset + level]! - most - log(sumOfExponentials(value, most, value.levels));
  },
  cdf(value) {
    const most = highest(value);
    const total = sumOfExponentials(value, most, value.levels);
    return (level) => sumOfExponentials(value, most, Math.max(0, level + 1)) / total;
  },
  draw({ logits, offset, levels }, temperature, u) {
    let best = 0;
    for (let k = 1; k < levels; k++) if (logits[offset + k]! > logits[offset + best]!) best = k;
    if (temperature === 0) return best;
    const most = logits[offset + best]!;
    if (weights.length < levels) weights = new Float64Array(levels);
    for (let k = 0; k < levels; k++) weights[k] = exp((logits[offset + k]! - most) / temperature);
    return pickLevel(weights, 0, 1, levels, u);
  },
};

function highest({ logits, offset, levels }: ValueLogits): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < levels; k++) most = Math.max(most, logits[offset + k]!);
  return most;
}

/** Of the first `count` levels. */
function sumOfExponentials({ logits, offset, levels }: ValueLogits, most: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < Math.min(count, levels); k++) sum += exp(logits[offset + k]! - most);
  return sum;
}
