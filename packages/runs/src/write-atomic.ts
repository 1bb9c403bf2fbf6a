/**
 * Whole files, whole or not at all: written to a temporary file beside the target, forced to disk, renamed over it. Whoever
 * reads the target sees the old bytes or the new ones; a crash leaves the old ones. A link stays: what it leads to is replaced.
 * What is no regular file (a pipe, a terminal, /dev/null) cannot be replaced, so it is written to.
 */
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readlink, realpath, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { renamePatiently } from "./rename-patiently.ts";

/**
 * Creates missing folders; keeps the permissions of a file that it replaces. On failure the target is untouched and the temporary
 * file removed.
 *
 * @throws {Error} of the file system with `code`, and `path`, which is the target's.
 */
export async function writeAtomic(path: string, data: Uint8Array | string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const there = await stat(path).catch(ignoreAbsence);
    const file = there === null || there.isFile() ? await linkedFile(path) : null;
    if (file === null) await writeFile(path, data);
    else await replace(file, data, there?.mode);
  } catch (error) {
    throw naming(path, error);
  }
}

/** Removes what writers that were killed left in a folder: temporary files and locks moved aside, never a target. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => /^(?:\.[0-9a-f]{16}\.tmp|lock\.[0-9a-f]{32})$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

async function replace(path: string, data: Uint8Array | string, mode: number | undefined): Promise<void> {
  const folder = dirname(path);
  // Of chance alone: containers that share a folder have the same process numbers.
  const temporary = join(folder, `.${randomBytes(8).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      if (mode !== undefined) await file.chmod(mode & 0o777);
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await renamePatiently(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error says why
    throw error;
  }
}

/** Folders of what a process has open, /dev/fd/1 or what it leads to: a file there is somebody's who goes on writing to it. */
const DESCRIPTORS = /^(?:\/proc\/.*|\/dev)\/fd$/;

/**
 * Where the links of a path lead in the end, be the file there or not; null when it is an open file of a process. Links in a ring
 * are refused by `stat` before.
 */
async function linkedFile(path: string): Promise<string | null> {
  const folder = await realpath(dirname(path));
  if (DESCRIPTORS.test(folder)) return null;
  const link = await readlink(path).catch(() => null); // no link, or nothing there
  return link === null ? path : linkedFile(resolve(folder, link));
}

function ignoreAbsence(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

/** A full disk is reported without a path, a folder that cannot be written with that of the temporary file. */
function naming(path: string, error: unknown): unknown {
  const failure = error as NodeJS.ErrnoException;
  if (failure.syscall === undefined) return error;
  failure.message = `${failure.message.replace(/ '.*$/s, "")} '${path}'`;
  return Object.assign(failure, { path });
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
