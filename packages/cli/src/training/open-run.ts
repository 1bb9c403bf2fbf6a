/** The run directory of a training: a new one, or one that goes on. */
import { existsSync } from "node:fs";
import { absoluteName, plainName } from "@pixelcnn/datasets";
import { layout, RunWriter, readRun } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { withoutHome } from "../home.ts";
import { modelPath, runDirectory } from "../paths.ts";
import { readModel } from "../read-model.ts";
import type { TrainSettings } from "../settings/train-settings.ts";
import { userPath } from "../user-path.ts";
import { settingsOfModel } from "./beside-init-from.ts";
import type { Checkpoint } from "./checkpoint-file.ts";
import { newestWhole } from "./newest-whole.ts";
import { refusePassed } from "./passed-length.ts";

export interface OpenRun {
  readonly writer: RunWriter;
  /** Where it goes on; null at the beginning. */
  readonly checkpoint: Checkpoint | null;
  /** Lowest validation likelihood so far, nats per picture; infinite when none was measured. */
  readonly bestNats: number;
}

/** @throws {RunsError} when the directory holds a run already. */
export async function createRun(settings: TrainSettings, config: Record<string, unknown>): Promise<OpenRun> {
  const directory = runDirectory(settings.run ?? defaultRunName(settings));
  return {
    writer: await RunWriter.create(directory, config),
    checkpoint: null,
    bestNats: Number.POSITIVE_INFINITY,
  };
}

/**
 * Goes on from the newest checkpoint that is whole; broken ones are named and set aside.
 *
 * @param settings with which it is to go on.
 * @param warn told, in a line each, what is broken.
 * @throws {CliError} when the run has no whole checkpoint, or has passed the length that is wanted; {RunsError} when it is none or another process has it.
 */
export async function resumeRun(
  run: string,
  settings: TrainSettings,
  warn: (message: string) => void,
): Promise<OpenRun> {
  const directory = runDirectory(run);
  const writer = await RunWriter.open(directory);
  try {
    const { checkpoint, broken } = await whereToGoOn(directory, settings);
    for (const { path, why } of broken) {
      await writer.setAsideCheckpoint(path);
      warn(`${why}; going on from the one before, step ${checkpoint.state.step}`);
    }
    const bestNats = await bestNatsOf(directory, warn);
    await writer.resume(checkpoint.state.step);
    return { writer, checkpoint, bestNats };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/**
 * The newest checkpoint that is whole, and newer ones that are broken. Nothing is touched.
 *
 * @throws {CliError} when the run has no whole checkpoint, or has passed the length that is wanted.
 */
export async function whereToGoOn(run: string, settings: TrainSettings) {
  const directory = runDirectory(run);
  const { whole, broken } = await newestWhole(directory);
  if (whole === null) {
    if (broken.length > 0) throw new CliError(`${broken[0]!.why}, and no whole one before it; train it anew`);
    throw new CliError(
      `expected a checkpoint in ${layout.checkpoints(directory)}, found none; train it anew`,
    );
  }
  const { checkpoint } = whole;
  refusePassed(directory, settings, (await readRun(directory)).config ?? {}, checkpoint.state);
  return { checkpoint, broken };
}

/** The model of the best validation says itself how good it is. */
async function bestNatsOf(directory: string, warn: (message: string) => void): Promise<number> {
  const path = layout.best(directory);
  if (!existsSync(path)) return Number.POSITIVE_INFINITY;
  try {
    const { provenance } = await readModel(path);
    return provenance.validation?.nats ?? Number.POSITIVE_INFINITY;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    warn(`${error.message}; the next model that is measured takes its place`);
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * Settings by which a run that goes on is planned: what it has itself is not taken from the files it began with, which may have gone
 * or changed since.
 */
export function withOwnModel({ warmStart: _, ...settings }: TrainSettings, run: string): TrainSettings {
  const own = layout.model(runDirectory(run));
  return settings.initFrom !== undefined && existsSync(own) ? { ...settings, initFrom: own } : settings;
}

/** What ran, as a config file: without the run's name, so that it can be run again, and with paths that hold anywhere. */
export function configOf({ run: _, ...settings }: TrainSettings): Record<string, unknown> {
  const { dataDir, initFrom, warmStart, pjrtPlugin } = settings;
  const own = Object.entries(settings).filter(
    ([key]) => initFrom === undefined || !settingsOfModel.some((other) => other === key),
  );
  return {
    ...Object.fromEntries(own),
    dataset: withoutHome(absoluteName(settings.dataset, userPath("."))),
    ...(dataDir !== undefined && { dataDir: withoutHome(userPath(dataDir)) }),
    ...(initFrom !== undefined && { initFrom: withoutHome(modelPath(initFrom)) }),
    ...(warmStart !== undefined && { warmStart: withoutHome(modelPath(warmStart)) }),
    ...(pjrtPlugin !== undefined && { pjrtPlugin: withoutHome(pjrtPlugin) }),
  };
}

function defaultRunName({ dataset, model }: TrainSettings): string {
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return `${plainName(dataset, userPath("."))}-${model}-${time}`;
}
