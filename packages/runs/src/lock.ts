/**
 * One writer a run. The lock is a file with the process number of its owner; a file whose owner is gone is no obstacle.
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RunsError } from "./runs-error.ts";

/** Gives the run back; safe to call more than once. */
export type Unlock = () => Promise<void>;

/**
 * Takes the run, whose directory must exist.
 *
 * @throws {RunsError} when a living process has it.
 */
export async function lockRun(directory: string): Promise<Unlock> {
  const path = join(directory, "lock");
  const own = `${path}.${process.pid}`;
  await writeFile(own, `${process.pid}\n`);
  try {
    // Linked whole: nobody ever reads a lock without its owner. A stale lock is moved away and the link made again.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(own, path)) return () => rm(path, { force: true });
      const owner = await ownerOf(path);
      if (owner !== process.pid && isAlive(owner)) break;
      await removeStale(path, `${own}.stale`);
    }
  } finally {
    await rm(own, { force: true });
  }
  throw new RunsError(
    `expected to be the only trainer of ${directory}, but another one has it; stop that one first`,
  );
}

/** Process number of the living trainer of a run; null when nobody trains it. */
export async function trainerOf(directory: string): Promise<number | null> {
  const owner = await ownerOf(join(directory, "lock"));
  return isAlive(owner) ? owner : null;
}

async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

async function ownerOf(path: string): Promise<number> {
  return Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
}

/** Two processes may find the same stale lock; the slower one must not take away the lock that the faster one made. */
async function removeStale(path: string, aside: string): Promise<void> {
  await rename(path, aside).catch(() => {});
  const owner = await ownerOf(aside);
  if (owner !== process.pid && isAlive(owner)) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
