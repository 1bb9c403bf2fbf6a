/**
 * From weights (exponentials of logits) to a level, by the inverse cumulative distribution:
 *
 *     c_k = Σ_{j ≤ k} weight_j     S = c_{K-1}     level = first k with c_k > u·S
 *
 * and where rounding leaves no such k, the first with c_k = S, which never has probability 0. All sums in float64.
 *
 * @param weights K values from `from` on, `step` apart.
 * @param u uniform in [0, 1).
 * @returns the level; -1 when a weight is NaN.
 */
export function pickLevel(
  weights: ArrayLike<number>,
  from: number,
  step: number,
  levels: number,
  u: number,
): number {
  let sum = 0;
  for (let k = 0, at = from; k < levels; k++, at += step) sum += weights[at]!;
  const threshold = u * sum;
  let running = 0;
  let full = -1;
  for (let k = 0, at = from; k < levels; k++, at += step) {
    running += weights[at]!;
    if (running > threshold) return k;
    if (full < 0 && running === sum) full = k;
  }
  return full;
}
