/** A folder of the user's cache that is there whole or not at all, however its making ends. */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BackendError } from "../backend-error.ts";

/** Everything on the way lies in one folder beside the one that it becomes: ".making-<process>-…". */
const STAGING = ".making-";

/**
 * @param folder what is made; its parent is, too. What stands there is replaced in the end.
 * @param bytes room that is needed on the way.
 * @param make fills `content`; `staging` is for what nobody keeps.
 * @throws {BackendError} when there is not that much room
 */
export async function makeWhole(
  folder: string,
  bytes: number,
  make: (content: string, staging: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const { bavail, bsize } = await statfs(parent);
  if (bavail * bsize < bytes) {
    throw new BackendError(
      `expected ${megabytes(bytes)} MB of room in ${parent}, got ${megabytes(bavail * bsize)}; make room, or set XDG_CACHE_HOME to a larger disk`,
    );
  }
  const staging = await mkdtemp(join(parent, `${STAGING}${process.pid}-`));
  const end = (signal: NodeJS.Signals): void => {
    try {
      rmSync(staging, { recursive: true, force: true });
    } catch {
      // Somebody still writes into it: the next set-up takes it away.
    }
    for (const other of SIGNALS) process.off(other, end);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    const content = join(staging, "content");
    await mkdir(content);
    await make(content, staging);
    await rename(folder, join(staging, "before")).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(content, folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
    await rm(staging, { recursive: true, force: true });
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What set-ups that were killed have left; others may be at work at the same time. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(STAGING)) continue;
    const owner = Number(name.slice(STAGING.length).split("-")[0]);
    if (!isAlive(owner)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
