/**
 * The log-probability of one level, always at temperature 1, in nats.
 *
 *     K levels     log p_k = l_k - log Σ_j exp l_j                 (categorical)
 *     two levels   log p_1 = -log(1 + e^-l),  log p_0 = -log(1 + e^l)   (Bernoulli; l = log p₁/p₀)
 *
 * van den Oord et al. 2016, arXiv:1601.06759, section 3.
 */

/**
 * log p of `level`, in nats.
 *
 * @param logits K values from `offset` on; for two levels one.
 */
export function logProbability(
  logits: ArrayLike<number>,
  offset: number,
  levels: number,
  level: number,
): number {
  if (levels === 2) return -softplus(level === 1 ? -logits[offset]! : logits[offset]!);
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < levels; k++) most = Math.max(most, logits[offset + k]!);
  let sum = 0;
  for (let k = 0; k < levels; k++) sum += Math.exp(logits[offset + k]! - most);
  return logits[offset + level]! - most - Math.log(sum);
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
