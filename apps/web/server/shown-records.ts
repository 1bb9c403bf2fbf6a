/** Of a run's records, what its views show: the curve and the sheets. */
import type { RunRecord } from "@pixelcnn/runs";
import type { ShownRecord } from "../src/state/runs/run-digest.ts";

/** Steps nearer to each other than this share of the steps so far are one point of a curve to the eye. */
const FINEST = 1 / 1000;

/** Thins out the records of one run as they come. */
export class ShownRecords {
  /** Step of the last point of the training curve; -∞ before the first. */
  #last = Number.NEGATIVE_INFINITY;

  /** The next records of the run, as a visitor is told of them. */
  take(records: readonly RunRecord[]): ShownRecord[] {
    return records.flatMap((record): ShownRecord[] => {
      switch (record.type) {
        case "step": {
          const { type, step, nats } = record;
          if (step < this.#last * (1 + FINEST)) return [];
          this.#last = step;
          return [{ type, step, nats }];
        }
        case "evaluation": {
          const { type, step, test } = record;
          return [{ type, step, test: { nats: test.nats } }];
        }
        case "samples": {
          const { type, step, epoch, file } = record;
          return [{ type, step, epoch, file }];
        }
        case "resumed":
          this.#last = Math.min(this.#last, record.step);
          return [record];
        case "started":
        case "checkpoint":
        case "done":
          return []; // The list tells of these.
        default:
          return record satisfies never;
      }
    });
  }
}
