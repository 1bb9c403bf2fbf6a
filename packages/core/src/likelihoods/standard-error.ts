/**
 * How sure a mean over pictures is, by how much they differ: s / √n, where s² is their variance with n − 1 below. Welford 1962: one pass,
 * without the difference of two large sums.
 */
export class StandardError {
  #count = 0;
  #mean = 0;
  #squares = 0;

  /** More values, in any number at a time. */
  add(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) {
      this.#count += 1;
      const off = values[i]! - this.#mean;
      this.#mean += off / this.#count;
      this.#squares += off * (values[i]! - this.#mean);
    }
  }

  /** Of all values so far; 0 of none. */
  get mean(): number {
    return this.#mean;
  }

  /** Of the mean, in the values' unit; null of fewer than two values, which say nothing of it. */
  get value(): number | null {
    return this.#count < 2 ? null : Math.sqrt(this.#squares / (this.#count - 1) / this.#count);
  }
}
