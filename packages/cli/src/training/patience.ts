/** Early stopping: a training that has not become better for so many epochs will not. */
interface Measured {
  readonly epoch: number;
  readonly validation: { readonly nats: number | null };
}

export class Patience {
  #bestNats = Number.POSITIVE_INFINITY;
  /** Of the best validation. */
  bestEpoch = 0;
  /** Has it run out? */
  isOver = false;

  /**
   * @param epochs without a better validation that end it; for ever when left out.
   * @param before evaluations of a run that goes on.
   */
  constructor(
    readonly epochs: number | undefined,
    before: readonly Measured[] = [],
  ) {
    for (const measured of before) this.#see(measured);
  }

  /** Is this evaluation the last one? The same one may be asked of again. */
  isEnough(measured: Measured): boolean {
    this.#see(measured);
    this.isOver = this.epochs !== undefined && measured.epoch - this.bestEpoch >= this.epochs;
    return this.isOver;
  }

  #see({ epoch, validation }: Measured): void {
    const nats = validation.nats ?? Number.POSITIVE_INFINITY;
    if (nats >= this.#bestNats) return;
    this.#bestNats = nats;
    this.bestEpoch = epoch;
  }
}
