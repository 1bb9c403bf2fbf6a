/**
 * A distribution in whole numbers, which every machine adds up alike. From the weights w₀ … w_{K−1} of a value's levels, with prefix sums c
 * in float64,
 *
 *     C(k) = k + ⌊(M − K) · c_k / S⌋     c_k = w₀ + … + w_{k−1}     S = c_K     C(0) = 0     C(K) = M
 *
 * level k has the numbers C(k) … C(k + 1) − 1. C rises by at least one a level, so no level is impossible, and what that
 * takes from a level is at most K/M of its probability.
 */

/** What the counts of all levels add up to, M. */
export const TOTAL = 2 ** 24;

export class LevelCounts {
  readonly #levels: number;
  /** c, [K + 1] */
  readonly #sums: Float64Array;

  /** @param levels K */
  constructor(levels: number) {
    this.#levels = levels;
    this.#sums = new Float64Array(levels + 1);
  }

  /**
   * Takes the weights of another value, none negative: K of them from `from` on, `step` apart.
   *
   * @returns false where they are no distribution: one is NaN or infinite, or all are 0.
   */
  set(weights: Float32Array, from: number, step: number): boolean {
    let sum = 0;
    for (let k = 0, at = from; k < this.#levels; k++, at += step) {
      sum += weights[at]!;
      this.#sums[k + 1] = sum;
    }
    return sum > 0 && sum < Number.POSITIVE_INFINITY;
  }

  /** C(level), for a level from 0 to K. */
  start(level: number): number {
    const levels = this.#levels;
    if (level === levels) return TOTAL;
    return level + Math.floor(((TOTAL - levels) * this.#sums[level]!) / this.#sums[levels]!);
  }

  /** The level that has a number from 0 to M − 1. */
  levelAt(number: number): number {
    let [level, end] = [0, this.#levels];
    while (end - level > 1) {
      const middle = (level + end) >>> 1;
      if (this.start(middle) <= number) level = middle;
      else end = middle;
    }
    return level;
  }
}
