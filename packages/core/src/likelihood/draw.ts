/**
 * From logits to a level, by the inverse cumulative distribution of softmax(l / T): see pick-level.ts.
 *
 * Two levels have one logit, l = log p₁/p₀, and give 1 iff u ≥ p₀. T = 0 is the most probable level, the lower one first.
 */
import { pickLevel } from "./pick-level.ts";

/** exp((l_k - max l) / T) of the values at hand; levels are at most 256. */
const weights = new Float64Array(256);

/**
 * The level that a uniform number draws from the logits of one value.
 *
 * @param logits K finite values from `offset` on; for two levels one.
 * @param temperature 0 or more.
 * @param u uniform in [0, 1).
 */
export function drawLevel(
  logits: ArrayLike<number>,
  offset: number,
  levels: number,
  temperature: number,
  u: number,
): number {
  if (levels === 2) {
    const logit = logits[offset]!;
    if (temperature === 0) return logit > 0 ? 1 : 0;
    return u >= 1 / (1 + Math.exp(logit / temperature)) ? 1 : 0;
  }
  let best = 0;
  for (let k = 1; k < levels; k++) if (logits[offset + k]! > logits[offset + best]!) best = k;
  if (temperature === 0) return best;
  const most = logits[offset + best]!;
  for (let k = 0; k < levels; k++) weights[k] = Math.exp((logits[offset + k]! - most) / temperature);
  return pickLevel(weights, 0, 1, levels, u);
}
