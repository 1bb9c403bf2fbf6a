/** A run that has come to its end, and is to go on: is there anything left to do? */
import { listCheckpoints, type RunRecord, readRun, stepOfCheckpoint } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { invocation } from "../invocation.ts";
import { timeText } from "../output/duration-text.ts";
import { shellQuote } from "../output/shell-quote.ts";
import { runDirectory } from "../paths.ts";
import type { TrainSettings } from "../settings/train-settings.ts";
import { Patience } from "./patience.ts";

type Length = Pick<TrainSettings, "epochs" | "steps" | "minutes">;
type Done = Extract<RunRecord, { type: "done" }>;

/**
 * What to say of a run that has done all that is asked of it, and how it goes on; null when there is something left to do.
 *
 * @throws {CliError} when it ended early, and nothing is given with which it would not end at once again.
 */
export async function finishedNote(run: string, settings: TrainSettings): Promise<string | null> {
  const directory = runDirectory(run);
  const { config, records } = await readRun(directory);
  const done = records.at(-1);
  if (done?.type !== "done" || done.interrupted) return null;
  // Its end may have been computed and not kept: on a full disk, say.
  const kept = (await listCheckpoints(directory)).at(-1);
  if (kept === undefined || stepOfCheckpoint(kept) < done.step) return null;
  const had = (config ?? {}) as Partial<TrainSettings>;
  const again = `${invocation} train --resume ${shellQuote(directory)}`;
  const after = `after ${done.step.toLocaleString("en")} steps`;
  const isEarly = new Patience(had.patience, records).isOver;
  if (isEarly && !isGivenAnything(settings, had)) {
    throw new CliError(
      `${directory} ended early ${after}, with no better validation in ${had.patience} epochs; to go on, give another ` +
        `--learning-rate, --patience or length: ${again} --learning-rate ${(had.learningRate ?? settings.learningRate) / 2}`,
    );
  }
  const flag = flagForMore(settings, had, done, isEarly);
  if (flag === null) return null;
  return `${directory} is finished ${after}; to train it for longer, say how long in all: ${again} ${flag}`;
}

/** Is anything given that makes its patience count anew? */
function isGivenAnything(settings: TrainSettings, had: Partial<TrainSettings>): boolean {
  const telling = ["patience", "learningRate", "epochs", "steps", "minutes"] as const;
  return telling.some((name) => settings[name] !== had[name]);
}

/** Null when it is asked for more than it has had; else the flag by which it would be. */
function flagForMore(
  settings: Length,
  had: Length,
  { epoch, step, elapsedMs }: Done,
  isEarly: boolean,
): string | null {
  const reached = { epochs: epoch, steps: step, minutes: elapsedMs / 60_000 };
  for (const unit of ["epochs", "steps", "minutes"] as const) {
    const wanted = settings[unit];
    if (wanted === undefined) continue;
    // By the clock it may have ended a little before its time, when no other epoch would have fitted in.
    const least =
      unit === "minutes" && !isEarly ? Math.max(had.minutes ?? 0, reached.minutes) : reached[unit];
    if (wanted > least) return null;
    const twice = 2 * least;
    return unit === "minutes" ? `--time ${timeText(twice)}` : `--${unit} ${twice}`;
  }
  return null;
}
