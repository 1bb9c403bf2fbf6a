/**
 * From logits to a level, by the inverse cumulative distribution: the first level k with F_k > u.
 *
 *     c_k = Σ_{j ≤ k} exp((l_j - max l) / T)     S = c_{K-1}     level = first k with c_k > u·S
 *
 * Rounding can leave no such k; then it is the first k with c_k = S, which never has probability 0. Two levels have one
 * logit, l = log p₁/p₀, and give 1 iff u ≥ p₀. T = 0 is the most probable level, the lower one first.
 */

/**
 * @param logits K values from `offset` on; for two levels one.
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
  let sum = 0;
  for (let k = 0; k < levels; k++) sum += Math.exp((logits[offset + k]! - most) / temperature);
  const threshold = u * sum;
  let running = 0;
  let full = -1; // first k whose running sum is the whole sum
  for (let k = 0; k < levels; k++) {
    running += Math.exp((logits[offset + k]! - most) / temperature);
    if (running > threshold) return k;
    if (full < 0 && running === sum) full = k;
  }
  return full;
}
