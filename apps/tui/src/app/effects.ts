/** What the app does to the world. Modules that only some keys need are loaded when they are wanted. */
import { randomInt } from "node:crypto";
import { basename, resolve } from "node:path";
import type { SamplingThread } from "../sampling/sampling-thread.ts";
import type { SampleState } from "../sampling/state.ts";
import { plainMessage } from "./plain-message.ts";
import type { AppAction, AppState, Effect } from "./state.ts";

export interface Surroundings {
  readonly modelsRoot: string;
  readonly runsRoot: string;
  /** Where relative paths that somebody types begin. */
  readonly folder: string;
  readonly thread: SamplingThread;
  readonly dispatch: (action: AppAction) => void;
  /** Looks at the folder of runs at once: something in it was changed. */
  readonly relist: () => void;
  readonly quit: () => void;
  readonly suspend: () => void;
}

/** Longest seed that is drawn: short enough to be noted down. */
const SEEDS = 1_000_000;

export function perform(effect: Effect, state: AppState, surroundings: Surroundings): void {
  const { dispatch, thread, quit, suspend, folder } = surroundings;
  const say = (text: string) => dispatch({ type: "message", text });
  const tried = (work: Promise<void>) => void work.catch((error: unknown) => say(plainMessage(error)));
  switch (effect.type) {
    case "quit":
      quit();
      break;
    case "suspend":
      suspend();
      break;
    case "draw-seed":
      dispatch({ type: "seed", seed: randomInt(SEEDS) });
      break;
    case "save-png":
      tried(savePng(state.sample, folder).then(say));
      break;
    case "list-models":
      tried(listModels(surroundings));
      break;
    case "list-datasets":
      tried(listDatasets(dispatch));
      break;
    case "read-picture":
      thread.readPicture(resolve(folder, effect.path), state.sample.path, effect.rows);
      break;
    case "start-training":
      tried(startTraining(effect.words, effect.run, say));
      break;
    case "stop-training":
      tried(stopTraining(effect.directory, effect.run, say));
      break;
    case "try-engines":
      tried(import("../devices/try-engines.ts").then(({ tryEngines }) => tryEngines(dispatch)));
      break;
    case "read-noise":
      tried(readNoise(effect, dispatch));
      break;
    case "rename-run":
      tried(renameRun(effect.run, effect.to, surroundings));
      break;
    case "remove-run":
      tried(removeRun(effect.run, surroundings));
      break;
    case "restore-run":
      tried(restoreRun(surroundings));
      break;
    default:
      effect satisfies never;
  }
}

/** @returns what to say about it. */
async function savePng(sample: SampleState, folder: string): Promise<string> {
  const { frame, info, path, seed } = sample;
  if (frame === null || info === null) return "there is no picture yet";
  const [{ classColumns, drawSheet, encodePng, visibleScale }, { writeAtomic }] = await Promise.all([
    import("@pixelcnn/pictures"),
    import("@pixelcnn/runs"),
  ]);
  const options = { columns: classColumns(frame.count, info.classes), scale: visibleScale(info.picture) };
  const name = `${basename(path, ".safetensors")}-seed-${seed}-from-${frame.first}.png`;
  const file = resolve(folder, name);
  await writeAtomic(file, encodePng(drawSheet(frame.pixels, info.picture, options)));
  return `wrote ${frame.count} pictures to ${file}`;
}

async function listModels({ modelsRoot, runsRoot, dispatch }: Surroundings): Promise<void> {
  const models = await import("../sampling/list-models.ts");
  dispatch({ type: "models-listed", list: await models.listModels(modelsRoot, runsRoot) });
}

/** Sets that are embedded or lie on this machine: nothing is fetched behind somebody's back. */
async function listDatasets(dispatch: Surroundings["dispatch"]): Promise<void> {
  const datasets = await import("@pixelcnn/datasets");
  const { PIXELCNN_DATA, INIT_CWD = "." } = process.env;
  const { folders } = datasets.dataPlaces(resolve(INIT_CWD), PIXELCNN_DATA);
  const names = datasets.listDatasets(folders).flatMap(({ name, place }) => (place === null ? [] : [name]));
  dispatch({ type: "datasets-listed", names });
}

async function startTraining(
  words: readonly string[],
  run: string,
  say: (text: string) => void,
): Promise<void> {
  const trainings = await import("../runs/trainings.ts");
  trainings.startTraining(words, (message) => say(`${run}: ${message}`));
}

async function stopTraining(directory: string, run: string, say: (text: string) => void): Promise<void> {
  const { requestStop } = await import("@pixelcnn/runs");
  say((await requestStop(directory)) ? `${run} saves and stops` : `${run} is not being trained`);
}

async function readNoise(
  { run, directory, files }: Extract<Effect, { type: "read-noise" }>,
  dispatch: Surroundings["dispatch"],
): Promise<void> {
  const { readSheets } = await import("../runs/read-sheets.ts");
  dispatch({ type: "noise-read", noise: { run, sheets: await readSheets(directory, files) } });
}

async function renameRun(
  run: string,
  to: string,
  { runsRoot, dispatch, relist }: Surroundings,
): Promise<void> {
  const runs = await import("@pixelcnn/runs");
  await runs.renameRun(runsRoot, run, to);
  dispatch({ type: "run-renamed", run, to });
  relist();
  dispatch({ type: "message", text: `${run} is called ${to} now` });
}

async function removeRun(run: string, { runsRoot, dispatch, relist }: Surroundings): Promise<void> {
  const runs = await import("@pixelcnn/runs");
  await runs.removeRun(runsRoot, run);
  dispatch({ type: "run-removed", run });
  relist();
  dispatch({ type: "message", text: `${run} is deleted; U brings it back` });
}

/** The one that was removed last, be it by this app or before it was started. */
async function restoreRun({ runsRoot, dispatch, relist }: Surroundings): Promise<void> {
  const runs = await import("@pixelcnn/runs");
  const [newest] = await runs.listRemovedRuns(runsRoot);
  if (newest === undefined) {
    dispatch({ type: "message", text: "there is no deleted run to bring back" });
    return;
  }
  await runs.restoreRun(runsRoot, newest);
  dispatch({ type: "select-named-run", run: newest.name });
  relist();
  dispatch({ type: "message", text: `${newest.name} is back` });
}
