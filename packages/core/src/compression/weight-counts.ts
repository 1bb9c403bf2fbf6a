/**
 * Counts from the weights w₀ … w_{K−1} of a value's levels, by prefix sums in float64:
 *
 *     C(k) = k + ⌊(M − K) · c_k / S⌋     c_k = w₀ + … + w_{k−1}     S = c_K     C(K) = M
 *
 * Sums of what is not negative never fall, so C rises; what that takes from a level is at most K/M of its probability.
 */
import { type LevelCounts, TOTAL } from "./level-counts.ts";

export class WeightCounts implements LevelCounts {
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

  start(level: number): number {
    const levels = this.#levels;
    if (level === levels) return TOTAL;
    return level + Math.floor(((TOTAL - levels) * this.#sums[level]!) / this.#sums[levels]!);
  }
}
