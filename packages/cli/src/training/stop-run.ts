import { setTimeout as sleep } from "node:timers/promises";
import { isTrained, readRun, requestStop } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { runDirectory } from "../paths.ts";

const LOOK_MS = 200;

/**
 * Asks the trainer of a run, on this machine or on another that shares the folder, to save and end, and waits until it has.
 *
 * @returns the step it reached.
 * @throws {CliError} when nobody trains it.
 */
export async function stopRun(run: string): Promise<number> {
  const directory = runDirectory(run);
  if (!(await requestStop(directory)))
    throw new CliError(`${directory}: expected a run that is being trained, got one that is not`);
  while (await isTrained(directory)) await sleep(LOOK_MS);
  const { records } = await readRun(directory);
  let reached = 0;
  for (const record of records) if ("step" in record) reached = Math.max(reached, record.step);
  return reached;
}
