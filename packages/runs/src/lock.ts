/**
 * One writer a run. The lock is a file with the process number of its owner; a file whose owner is gone is no obstacle.
 */
import { open, readFile, rm } from "node:fs/promises";
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
  // A stale lock is removed and the file made again: whoever makes it first has the run.
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(`${process.pid}\n`);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
    if (owner !== process.pid && isAlive(owner)) break;
    await rm(path, { force: true });
  }
  throw new RunsError(
    `expected to be the only trainer of ${directory}, but another one has it; stop that one first`,
  );
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
