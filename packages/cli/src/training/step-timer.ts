/** How fast the steps of a training are, by some of them. */

/** Steps are timed for so long, or so many of them, and two at least. */
const TIMED_MS = 5000;
const TIMED_STEPS = 200;
const LEAST_STEPS = 2;

/** The first step of every size compiles, and counts only where there are no others. */
export class StepTimer {
  readonly #sizes = new Set<number>();
  readonly #all = { steps: 0, size: 0, ms: 0 };
  readonly #compiled = { steps: 0, size: 0, ms: 0 };

  /** @param size pictures of the step, or pixels. */
  add(size: number, ms: number): void {
    for (const sum of this.#sizes.has(size) ? [this.#all, this.#compiled] : [this.#all]) {
      sum.steps += 1;
      sum.size += size;
      sum.ms += ms;
    }
    this.#sizes.add(size);
  }

  /** Whether more steps would tell hardly more. */
  get isEnough(): boolean {
    const { steps, ms } = this.#compiled;
    return steps >= LEAST_STEPS && (ms >= TIMED_MS || steps >= TIMED_STEPS);
  }

  /** Pictures, or pixels, in a millisecond. */
  get perMs(): number {
    const { size, ms } = this.#compiled.steps > 0 ? this.#compiled : this.#all;
    return size / ms;
  }
}
