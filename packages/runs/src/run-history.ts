/** What a run has told so far, folded from its records: the curves, the sheets, and where it stands. Needs no file system. */
import type { RunRecord } from "./records.ts";

/** A record of one kind. */
export type RecordOf<T extends RunRecord["type"]> = Omit<Extract<RunRecord, { type: T }>, "type">;

/** What followers of a run keep of it. */
export interface RunHistory {
  readonly started: RecordOf<"started"> | null;
  readonly steps: readonly RecordOf<"step">[];
  readonly evaluations: readonly RecordOf<"evaluation">[];
  /** Sheets of samples, all from the same noise. */
  readonly samples: readonly RecordOf<"samples">[];
  /** Step of the newest checkpoint. */
  readonly checkpointStep: number | null;
  readonly done: RecordOf<"done"> | null;
}

/** Before the first record. */
export const emptyHistory: RunHistory = {
  started: null,
  steps: [],
  evaluations: [],
  samples: [],
  checkpointStep: null,
  done: null,
};

/** The history with more records, in their order. `resumed` takes back what was told beyond its step. */
export function foldRecords(history: RunHistory, records: readonly RunRecord[]): RunHistory {
  let { started, checkpointStep, done } = history;
  let steps = [...history.steps];
  let evaluations = [...history.evaluations];
  let samples = [...history.samples];
  for (const record of records) {
    switch (record.type) {
      case "started":
        started = record;
        break;
      case "step":
        steps.push(record);
        break;
      case "evaluation":
        evaluations.push(record);
        break;
      case "samples":
        samples.push(record);
        break;
      case "checkpoint":
        checkpointStep = record.step;
        break;
      case "done":
        done = record;
        break;
      case "resumed": {
        const kept = ({ step }: { readonly step: number }) => step <= record.step;
        steps = steps.filter(kept);
        evaluations = evaluations.filter(kept);
        samples = samples.filter(kept);
        checkpointStep = record.step;
        done = null;
        break;
      }
      default:
        record satisfies never;
    }
  }
  return { started, steps, evaluations, samples, checkpointStep, done };
}

/** Dimensions of a picture, which the two units of an evaluation give away; null before the first one. */
export function dimensionsOf({ evaluations }: Pick<RunHistory, "evaluations">): number | null {
  for (const { test } of evaluations) {
    if (test.nats !== null && test.bitsPerDim !== null && test.bitsPerDim > 0) {
      return Math.round(test.nats / (test.bitsPerDim * Math.LN2));
    }
  }
  return null;
}
