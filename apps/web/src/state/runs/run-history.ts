/** What a run has told so far: its curve and its sheets. */
import type { Sheet, ShownRecord, StepLoss, TestLoss } from "./run-digest.ts";

export interface RunHistory {
  readonly steps: readonly StepLoss[];
  readonly evaluations: readonly TestLoss[];
  readonly samples: readonly Sheet[];
}

export const emptyHistory: RunHistory = { steps: [], evaluations: [], samples: [] };

/** The history with more records, in their order. `resumed` takes back what was told beyond its step. */
export function withRecords(history: RunHistory, records: readonly ShownRecord[]): RunHistory {
  let [steps, evaluations, samples] = [[...history.steps], [...history.evaluations], [...history.samples]];
  for (const record of records) {
    if (record.type === "step") steps.push(record);
    else if (record.type === "evaluation") evaluations.push(record);
    else if (record.type === "samples") samples.push(record);
    else {
      const isKept = ({ step }: { readonly step: number }) => step <= record.step;
      steps = steps.filter(isKept);
      evaluations = evaluations.filter(isKept);
      samples = samples.filter(isKept);
    }
  }
  return { steps, evaluations, samples };
}
