/**
 * Counts from a cumulative distribution, F(v) = P(a level of at most v), where levels are too many, or too dear, to weigh them all:
 *
 *     C(k) = 2k + ⌊(M − 2K) · F(k − 1)⌋     C(0) = 0     C(K) = M
 *
 * Rounding may let F fall by a hair from one level to the next, and so the second term by one: two numbers per level leave one in any
 * case.
 */
import type { Likelihood, ValueLogits } from "../likelihoods/likelihood.ts";
import { type LevelCounts, TOTAL } from "./level-counts.ts";

export class CdfCounts implements LevelCounts {
  readonly #levels: number;
  readonly #cdf: (level: number) => number;

  /** Valid until the likelihood is asked for something else. */
  constructor(likelihood: Likelihood, value: ValueLogits) {
    this.#levels = value.levels;
    this.#cdf = likelihood.cdf(value);
  }

  start(level: number): number {
    const levels = this.#levels;
    if (level === levels) return TOTAL;
    return 2 * level + Math.floor((TOTAL - 2 * levels) * this.#cdf(level - 1));
  }
}
