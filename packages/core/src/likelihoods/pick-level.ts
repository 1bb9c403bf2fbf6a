/**
 * From weights (exponentials of logits) to a level, by the inverse cumulative distribution:
 *
 *     c_k = Σ_{j ≤ k} weight_j     S = c_{K-1}     level = first k with c_k > u·S
 *
 * and where rounding leaves no such k, the first with c_k = S, which never has probability 0. All sums in float64. The sums at the ends of
 * √K blocks are kept, so that the level is looked for among those and then in its block.
 *
 * @param weights K values from `from` on, `step` apart, 0 or more.
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
  const size = Math.ceil(Math.sqrt(levels));
  let sum = 0;
  let blocks = 0;
  for (let start = 0; start < levels; start += size, blocks++) {
    const end = from + Math.min(start + size, levels) * step;
    for (let at = from + start * step; at < end; at += step) sum += weights[at]!;
    if (blocks === ends.length) ends = Float64Array.from({ length: 2 * blocks }, (_, i) => ends[i] ?? 0);
    ends[blocks] = sum;
  }
  const threshold = u * sum;
  // Sums never fall, so the first block that ends above holds the first level that does.
  for (let block = 0; block < blocks; block++) {
    if (!(ends[block]! > threshold || ends[block] === sum)) continue;
    let running = block === 0 ? 0 : ends[block - 1]!;
    for (let k = block * size; k < levels; k++) {
      running += weights[from + k * step]!;
      if (running > threshold || running === sum) return k;
    }
  }
  return -1;
}

/** c at the end of every block; more where there are more. */
let ends = new Float64Array(256);
