/** What came out of a run, to be compared with others. */
import type { RunEnd } from "@pixelcnn/runs";
import type { RunHistory } from "@pixelcnn/runs/history";
import { durationText } from "../output/duration-text.ts";

/** One of them; null where the run has none. */
export type Result = { readonly value: number; readonly text: string } | null;

/** By what each is called, the same names for every run, and none that a setting has too. */
export function resultsOf(
  { started, steps, evaluations, done }: RunHistory,
  { reached }: Pick<RunEnd, "reached">,
): Record<string, Result> {
  const best = evaluations
    .map(({ validation }) => validation.nats)
    .filter((nats) => nats !== null)
    .sort((a, b) => a - b)[0];
  const last = evaluations.at(-1);
  const result = (value: number | null | undefined, text: (value: number) => string): Result =>
    value === null || value === undefined ? null : { value, text: text(value) };
  return {
    weights: result(started?.weights, (value) => value.toLocaleString("en")),
    "steps done": result(reached?.step, (value) => value.toLocaleString("en")),
    "best validation nats": result(best, (value) => value.toFixed(2)),
    "test nats": result(last?.test.nats, (value) => value.toFixed(2)),
    "test bits/dim": result(last?.test.bitsPerDim, (value) => value.toFixed(4)),
    "pictures/s": result(steps.at(-1)?.imagesPerSecond, (value) => value.toFixed(1)),
    "time taken": result(done?.elapsedMs, durationText),
  };
}
