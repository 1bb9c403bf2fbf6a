/** What a run's records say, gathered for curves and sheets. */
import type { RunRecord } from "@pixelcnn/runs";

export interface Evaluation {
  readonly step: number;
  readonly trainNats: number | null;
  readonly testNats: number | null;
}

export interface RunHistory {
  /** Loss of a training step, nats a picture. */
  readonly steps: readonly { readonly step: number; readonly nats: number | null }[];
  readonly evaluations: readonly Evaluation[];
  /** Sheets of samples from the same noise, oldest first; `file` is relative to the run. */
  readonly sheets: readonly { readonly step: number; readonly epoch: number; readonly file: string }[];
}

export const NO_HISTORY: RunHistory = { steps: [], evaluations: [], sheets: [] };

/** The history after some more records. `resumed` takes back what was told beyond its step. */
export function withRecords(history: RunHistory, records: readonly RunRecord[]): RunHistory {
  let { steps, evaluations, sheets } = {
    steps: [...history.steps],
    evaluations: [...history.evaluations],
    sheets: [...history.sheets],
  };
  for (const record of records) {
    switch (record.type) {
      case "step":
        steps.push({ step: record.step, nats: record.nats });
        break;
      case "evaluation":
        evaluations.push({ step: record.step, trainNats: record.trainNats, testNats: record.test.nats });
        break;
      case "samples":
        sheets.push({ step: record.step, epoch: record.epoch, file: record.file });
        break;
      case "resumed": {
        const kept = ({ step }: { readonly step: number }) => step <= record.step;
        steps = steps.filter(kept);
        evaluations = evaluations.filter(kept);
        sheets = sheets.filter(kept);
        break;
      }
      default:
    }
  }
  return { steps, evaluations, sheets };
}
