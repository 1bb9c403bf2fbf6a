/**
 * Removing a run, and taking that back. A removed run is moved aside, all of it at once:
 *
 *     runs/.removed/<milliseconds since 1970>/<name>
 *
 * Lists of runs pass over folders that begin with a dot. What was removed takes its place on the disk until it is emptied.
 */
import { lstat, mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { renamePatiently } from "./rename-patiently.ts";
import { idleRun } from "./run-name.ts";
import { RunsError } from "./runs-error.ts";

/** A run that was moved aside. */
export interface RemovedRun {
  readonly name: string;
  /** Where it lies now. */
  readonly directory: string;
  /** When it was removed, in milliseconds since 1970. */
  readonly removedMs: number;
}

const FOLDER = ".removed";

/**
 * Moves a run aside.
 *
 * @throws {RunsError} when there is no such run, or it is being trained.
 */
export async function removeRun(root: string, name: string): Promise<RemovedRun> {
  const directory = await idleRun(root, name);
  for (let removedMs = Date.now(); ; removedMs++) {
    const place = join(root, FOLDER, String(removedMs));
    await mkdir(dirname(place), { recursive: true });
    try {
      await mkdir(place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue; // another one in the same millisecond
      throw error;
    }
    await renamePatiently(directory, join(place, name));
    return { name, directory: join(place, name), removedMs };
  }
}

/**
 * Puts a removed run back where it was.
 *
 * @returns its directory.
 * @throws {RunsError} when another run has its name by now, or it is no longer there.
 */
export async function restoreRun(root: string, { name, directory }: RemovedRun): Promise<string> {
  const target = join(root, name);
  if ((await lstat(target).catch(() => null)) !== null) {
    throw new RunsError(`expected that no run is called ${name}, but one is; rename it first`);
  }
  await renamePatiently(directory, target).catch((cause: unknown) => {
    throw new RunsError(`${name} cannot be brought back: ${directory} is not there any more`, { cause });
  });
  await rmdir(dirname(directory)).catch(() => {}); // kept with whatever else lies in it
  return target;
}

/** The removed runs of a folder, the newest first. */
export async function listRemovedRuns(root: string): Promise<RemovedRun[]> {
  const folder = join(root, FOLDER);
  const times = (await readdir(folder).catch(() => [])).filter((name) => /^\d{1,15}$/.test(name));
  const found = await Promise.all(
    times.map(async (time) => {
      const names = await readdir(join(folder, time)).catch(() => []);
      return names.map((name) => ({ name, directory: join(folder, time, name), removedMs: Number(time) }));
    }),
  );
  return found.flat().sort((a, b) => b.removedMs - a.removedMs);
}

/** Deletes the removed runs of a folder for good. */
export async function emptyRemovedRuns(root: string): Promise<void> {
  await rm(join(root, FOLDER), { recursive: true, force: true });
}
