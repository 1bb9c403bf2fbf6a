import type { LikelihoodKind } from "@pixelcnn/core";

/**
 * The shares of 0 … 1 that the levels have when a value is drawn at a temperature: softmax(log p / T); at T = 0 all is the likeliest's. Null for a mixture at
 * another temperature than 1, which widens its components: of that the levels' probabilities do not tell.
 */
export function sharesAt(
  nats: ArrayLike<number>,
  temperature: number,
  likelihood: LikelihoodKind,
): number[] | null {
  if (likelihood === "mixture" && temperature !== 1) return null;
  const values = Array.from(nats);
  const most = Math.max(...values);
  if (temperature === 0) {
    const best = values.indexOf(most);
    return values.map((_, k) => (k === best ? 1 : 0));
  }
  const weights = values.map((value) => Math.exp((value - most) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** What is expected of a value before it is drawn: the mean level. */
export function meanLevel(nats: ArrayLike<number>): number {
  return Array.from(nats).reduce((sum, value, level) => sum + level * Math.exp(value), 0);
}

/** The level that is most expected of a value before it is drawn: between the colours of a palette lies no mean. */
export function likeliestLevel(nats: ArrayLike<number>): number {
  const values = Array.from(nats);
  return values.indexOf(Math.max(...values));
}
