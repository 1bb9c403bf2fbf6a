/**
 * Bayes' rule with classes that are all alike beforehand:
 *
 *     p(class | picture) = p(picture | class) / Σ over classes of p(picture | class)
 */

/** @param nats log p(picture | class) for each class. @returns probabilities, which add up to 1. */
export function classProbabilities(nats: readonly number[]): number[] {
  const most = Math.max(...nats);
  const weights = nats.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
