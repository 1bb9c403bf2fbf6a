/**
 * Whole files, whole or not at all: written to a temporary file beside the target, forced to disk, renamed over it. Whoever
 * reads the target sees the old bytes or the new ones; a crash leaves the old ones.
 */
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

let counter = 0;

/** Creates missing folders. On failure the target is untouched and the temporary file removed. */
export async function writeAtomic(path: string, data: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  counter += 1;
  const temporary = join(folder, `.${process.pid}-${counter}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes what writers that were killed left in a folder: temporary files, never a target. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => /^\.\d+-\d+\.tmp$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

/** Makes the rename itself durable. Windows cannot open a folder; there the rename has to do. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
