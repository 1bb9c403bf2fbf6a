/** Does what a plan says, each command as a process of its own, and compares what comes out with the shipped file. */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { layout, readRunEnd, requestStop } from "@pixelcnn/runs";
import * as v from "valibot";
import { CliError } from "../../src/cli-error.ts";
import { bytesText } from "../../src/output/bytes-text.ts";
import { durationText } from "../../src/output/duration-text.ts";
import { readModel } from "../../src/read-model.ts";
import { printed, told } from "../run-command.ts";
import type { Plan } from "./plan.ts";
import { haveSameWeights } from "./same-weights.ts";

const ASK_AGAIN_MS = 500;

const likelihood = v.object({ images: v.number(), nats: v.number(), bitsPerDim: v.number() });
const cost = v.object({
  type: v.literal("dry-run"),
  memoryBytes: v.number(),
  imagesPerSecond: v.number(),
  trainMs: v.number(),
  evaluationMs: v.number(),
});

/** What came of it. */
export interface Reproduced {
  /** The model file of these runs that was compared: that of the shipped one's step where there is one, else the best. */
  readonly path: string;
  readonly isSame: boolean;
  readonly nats: number;
  readonly bitsPerDim: number;
}

/** Every training tried for some seconds; nothing is written. @param print takes a line. @param app as for {@link runPlan}. */
export async function tryPlan(
  { trainings }: Plan,
  cwd: string,
  print: (line: string) => void,
  app?: readonly string[],
): Promise<void> {
  let ms = 0;
  for (const [i, { trial }] of trainings.entries()) {
    const lines = (await printed([...trial, "--json"], cwd, app)).trimEnd().split("\n");
    const { memoryBytes, imagesPerSecond, trainMs, evaluationMs } = v.parse(cost, JSON.parse(lines.at(-1)!));
    ms += trainMs + evaluationMs;
    print(
      `training ${i + 1}: ${bytesText(memoryBytes)} of memory, ${imagesPerSecond.toFixed(1)} pictures/s here, ` +
        `${durationText(trainMs)} and ${durationText(evaluationMs)} of evaluations`,
    );
  }
  print(`all of it: about ${durationText(ms)}`);
}

/** Trains, or goes on where it was stopped, and measures. @param app that is started, built; from its source unless given. */
export async function runPlan(
  { trainings, shipped, file, measured }: Plan,
  cwd: string,
  app?: readonly string[],
): Promise<Reproduced> {
  for (const { run, commands } of trainings) {
    for (const [i, { words, stopAfter }] of commands.entries()) {
      const isBegun = i === 0 && existsSync(layout.metrics(run));
      const left = stopAfter === null ? null : stopAfter - (await minutesOf(run));
      if (left !== null && left <= 0) continue;
      const ended = new AbortController();
      const training = told(isBegun ? ["train", "--resume", run] : words, cwd, app);
      if (left !== null) void stopLater(run, 60_000 * left, ended.signal);
      await training.finally(() => ended.abort());
    }
  }
  const { run } = trainings.at(-1)!;
  const path = await counterpart(run, file.provenance.steps);
  const words = ["evaluate", path, "--split", "test", "--json"];
  const { nats, bitsPerDim, images } = v.parse(likelihood, JSON.parse(await printed(words, cwd, app)));
  if (images !== measured.test.images)
    throw new CliError(
      `expected ${measured.test.images} test pictures, got ${images}; measure the shipped model again`,
    );
  return {
    path,
    isSame: haveSameWeights((await readModel(path)).model, (await readModel(shipped)).model),
    nats,
    bitsPerDim,
  };
}

/** Asks a run to save and end after so many milliseconds, and again where it has not begun by then; nothing once it has ended. */
async function stopLater(run: string, ms: number, ended: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: ended });
    while (!(await requestStop(run))) await sleep(ASK_AGAIN_MS, undefined, { signal: ended });
  } catch (error) {
    if (!ended.aborted) throw error;
  }
}

/** Minutes that a run has had when it last ended or was stopped. */
async function minutesOf(run: string): Promise<number> {
  if (!existsSync(layout.metrics(run))) return 0;
  return ((await readRunEnd(run)).done?.elapsedMs ?? 0) / 60_000;
}

/** The best model, or the last where that has the shipped one's steps and the best has not. */
async function counterpart(run: string, steps: number): Promise<string> {
  const [best, last] = [layout.best(run), layout.model(run)];
  if (!existsSync(best)) return last;
  const isLast =
    (await readModel(best)).provenance.steps !== steps && (await readModel(last)).provenance.steps === steps;
  return isLast ? last : best;
}
