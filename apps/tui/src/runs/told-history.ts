/** What a followed run has told so far: as `RunHistory`, with its steps thinned out. */
import type { RunRecord } from "@pixelcnn/runs";
import { emptyHistory, foldRecords, type RunHistory } from "@pixelcnn/runs/history";
import { noSteps, type StepRecord, type ThinnedSteps, upToStep, withSteps } from "./thinned-steps.ts";

export interface ToldHistory extends Omit<RunHistory, "steps"> {
  readonly steps: ThinnedSteps;
}

export const nothingTold: ToldHistory = { ...emptyHistory, steps: noSteps };

/** The history with more records, in their order. */
export function foldTold(before: ToldHistory, records: readonly RunRecord[]): ToldHistory {
  let steps = before.steps;
  let fresh: StepRecord[] = [];
  const others: RunRecord[] = [];
  for (const record of records) {
    if (record.type === "step") fresh.push(record);
    else others.push(record);
    if (record.type !== "resumed") continue;
    steps = upToStep(withSteps(steps, fresh), record.step);
    fresh = [];
  }
  const { steps: _, ...rest } = foldRecords({ ...before, steps: [] }, others);
  return { ...rest, steps: withSteps(steps, fresh) };
}
