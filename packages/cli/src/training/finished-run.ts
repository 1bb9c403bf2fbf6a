import { listCheckpoints, readRun, stepOfCheckpoint } from "@pixelcnn/runs";
import { invocation } from "../invocation.ts";
import { shellQuote } from "../output/shell-quote.ts";
import { runDirectory } from "../paths.ts";
import type { TrainSettings } from "../settings/train-settings.ts";

/** What to say of a run that has done all that is asked of it, and how it goes on; null when there is something left to do. */
export async function finishedNote(run: string, settings: TrainSettings): Promise<string | null> {
  const directory = runDirectory(run);
  const { config, records } = await readRun(directory);
  const done = records.at(-1);
  if (done?.type !== "done" || done.interrupted) return null;
  // Its end may have been computed and not kept: on a full disk, say.
  const kept = (await listCheckpoints(directory)).at(-1);
  if (kept === undefined || stepOfCheckpoint(kept) < done.step) return null;
  const had = (config ?? {}) as Partial<TrainSettings>;
  // It ended for want of patience, and is given more of it now.
  if (settings.patience !== had.patience && done.epoch < (settings.epochs ?? 0)) return null;
  const reached = { epochs: done.epoch, steps: done.step, minutes: done.elapsedMs / 60_000 };
  for (const unit of ["epochs", "steps", "minutes"] as const) {
    const wanted = settings[unit];
    if (wanted === undefined) continue;
    const least = had[unit] ?? reached[unit];
    if (wanted > least) return null;
    return (
      `${directory} is finished after ${done.step.toLocaleString("en")} steps; ` +
      `to train it for longer, say how long in all: ${invocation} train --resume ${shellQuote(directory)} --${unit} ${2 * wanted}`
    );
  }
  return null;
}
