/** The run directory of a training: a new one, or one that goes on. */
import { existsSync } from "node:fs";
import type { TrainingState } from "@pixelcnn/core/training";
import { layout, listCheckpoints, RunWriter } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { absoluteName, plainName } from "../datasets/own-folder.ts";
import { readModel } from "../model-files/read-model.ts";
import { modelPath, runDirectory, userPath } from "../paths.ts";
import type { TrainSettings } from "../settings/train-settings.ts";
import { readCheckpoint } from "./checkpoint-file.ts";

export interface OpenRun {
  readonly writer: RunWriter;
  /** Where it goes on; null at the beginning. */
  readonly state: TrainingState | null;
  /** Lowest validation likelihood so far, nats a picture; infinite when none was measured. */
  readonly bestNats: number;
}

/** @throws {RunsError} when the directory holds a run already. */
export async function createRun(settings: TrainSettings, config: Record<string, unknown>): Promise<OpenRun> {
  const directory = runDirectory(settings.run ?? defaultRunName(settings));
  return {
    writer: await RunWriter.create(directory, config),
    state: null,
    bestNats: Number.POSITIVE_INFINITY,
  };
}

/** @throws {CliError} when the run has no checkpoint, {RunsError} when it is none or another process has it. */
export async function resumeRun(run: string): Promise<OpenRun> {
  const directory = runDirectory(run);
  const writer = await RunWriter.open(directory);
  try {
    const newest = (await listCheckpoints(directory)).at(-1);
    if (newest === undefined) {
      throw new CliError(
        `expected a checkpoint in ${layout.checkpoints(directory)}, found none; train it anew`,
      );
    }
    const state = await readCheckpoint(newest);
    await writer.resume(state.step);
    return { writer, state, bestNats: await bestNatsOf(directory) };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/** The model of the best validation says itself how good it is. */
async function bestNatsOf(directory: string): Promise<number> {
  const path = layout.best(directory);
  if (!existsSync(path)) return Number.POSITIVE_INFINITY;
  const { provenance } = await readModel(path);
  return provenance.validation?.nats ?? Number.POSITIVE_INFINITY;
}

/** What ran, as a config file: without the run's name, so that it can be run again, and with paths that hold anywhere. */
export function configOf({ run: _, ...settings }: TrainSettings): Record<string, unknown> {
  const { dataDir, initFrom, warmStart } = settings;
  return {
    ...settings,
    dataset: absoluteName(settings.dataset),
    ...(dataDir !== undefined && { dataDir: userPath(dataDir) }),
    ...(initFrom !== undefined && { initFrom: modelPath(initFrom) }),
    ...(warmStart !== undefined && { warmStart: modelPath(warmStart) }),
  };
}

function defaultRunName({ dataset, model }: TrainSettings): string {
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return `${plainName(dataset)}-${model}-${time}`;
}
