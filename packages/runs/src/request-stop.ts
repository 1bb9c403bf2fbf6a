import { layout } from "./layout.ts";
import { isFresh, readLock } from "./read-lock.ts";
import { writeAtomic } from "./write-atomic.ts";

/**
 * Asks whoever trains a run, on this machine or another, to save and end: writes the trainer's token into the file `stop`, for which
 * it looks twice a second or so. A file with another token means nobody.
 *
 * @returns false when nobody trains it.
 */
export async function requestStop(directory: string): Promise<boolean> {
  const lock = await readLock(layout.lock(directory));
  if (lock === null || !isFresh(lock)) return false;
  await writeAtomic(layout.stop(directory), `${lock.token}\n`);
  return true;
}
