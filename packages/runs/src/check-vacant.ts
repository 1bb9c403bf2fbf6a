/** Whether a new run would write over anything: a folder with files of somebody's own is no place for one. */
import { lstat } from "node:fs/promises";
import { basename } from "node:path";
import { layout } from "./layout.ts";
import { readLock } from "./read-lock.ts";
import { RunsError } from "./runs-error.ts";

/** What a lock or a wish to stop looks like; empty when its writer was killed. */
const OWN = /^(?:[0-9a-f]{32}\n(?:\d{12}\n)?)?$/;

/**
 * A start that was killed has left its lock and perhaps its config.json, and is no run yet.
 *
 * @returns whether there is a lock, be its owner dead or alive: then config.json is that of a run.
 * @throws {RunsError} when a `lock` or a `stop` is none that a trainer wrote.
 */
export async function isStarted(directory: string): Promise<boolean> {
  const [stop, lock] = [layout.stop(directory), layout.lock(directory)];
  const [wish, found] = [await readLock(stop), await readLock(lock)];
  if (wish !== null && !OWN.test(wish.text)) refuse(directory, stop);
  if (found !== null && !OWN.test(found.text)) refuse(directory, lock);
  return found !== null;
}

/**
 * @param started see {@link isStarted}.
 * @throws {RunsError} when the directory holds a run, or anything by a name that a run's files have.
 */
export async function checkVacant(directory: string, started: boolean): Promise<void> {
  if (await exists(layout.metrics(directory))) {
    throw new RunsError(`expected a new run directory, but ${directory} holds a run; choose another --run`);
  }
  const { config, checkpoints, sampleFolder, best, model } = layout;
  for (const pathIn of [...(started ? [] : [config]), checkpoints, sampleFolder, best, model]) {
    if (await exists(pathIn(directory))) refuse(directory, pathIn(directory));
  }
}

function refuse(directory: string, path: string): never {
  throw new RunsError(
    `expected a new run directory, but ${directory} has a ${basename(path)} already; choose another --run`,
  );
}

/** A link that leads nowhere is there, too: what is written to it appears elsewhere. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
