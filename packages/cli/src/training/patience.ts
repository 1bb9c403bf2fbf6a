/**
 * Early stopping: a training that has not become better for so many epochs will not. Where one that had ended is given something
 * else to go on with, a longer way or another learning rate, its patience counts anew.
 */
import type { RunRecord } from "@pixelcnn/runs";

type Measured = Pick<Extract<RunRecord, { type: "evaluation" }>, "epoch"> & {
  readonly validation: { readonly nats: number | null };
};

export class Patience {
  #bestNats = Number.POSITIVE_INFINITY;
  /** Of the best validation. */
  bestEpoch = 0;
  /** Has it run out? */
  isOver = false;
  /** Where a run that had ended went on. */
  #begunAnew = 0;

  /**
   * @param epochs without a better validation that end it; for ever when left out.
   * @param before what a run has told that goes on.
   */
  constructor(
    readonly epochs: number | undefined,
    before: readonly RunRecord[] = [],
  ) {
    let ended: number | null = null;
    for (const record of before) {
      if (record.type === "evaluation") this.isEnough(record);
      else if (record.type === "done") ended = record.interrupted ? null : record.epoch;
      else if (record.type === "resumed" && ended !== null) {
        this.#begunAnew = ended;
        this.isOver = false;
        ended = null;
      }
    }
  }

  /** Is this evaluation the last one? The same one may be asked of again. */
  isEnough({ epoch, validation }: Measured): boolean {
    const nats = validation.nats ?? Number.POSITIVE_INFINITY;
    if (nats < this.#bestNats) {
      this.#bestNats = nats;
      this.bestEpoch = epoch;
    }
    const since = Math.max(this.bestEpoch, this.#begunAnew);
    this.isOver = this.epochs !== undefined && epoch - since >= this.epochs;
    return this.isOver;
  }
}
