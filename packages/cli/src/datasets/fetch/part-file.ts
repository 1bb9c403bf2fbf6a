/**
 * The unfinished part of a download. A part has one owner at a time and says so in its name, so two processes never write to
 * the same bytes: each takes a part that nobody owns any more, by renaming it (which only one of them can do), or begins anew.
 *
 *     .<file>.<host>-<pid>-<n>.part    owned by a process; abandoned once that process is gone
 *     .<file>.part                     given back by a download that failed
 */
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

let counter = 0;

/** A part of another machine that nobody has written to for so long is abandoned, too. */
const ABANDONED_MS = 60 * 60 * 1000;

const host = hostname().replace(/[^A-Za-z0-9]/g, "_");

/** @returns the path of a part that is ours now: the longest abandoned one, else an empty one. */
export async function claimPart(target: string): Promise<string> {
  counter += 1;
  const own = join(dirname(target), `.${basename(target)}.${host}-${process.pid}-${counter}.part`);
  const lengths = await Promise.all(
    (await abandonedParts(target)).map(async (path) => ({ path, bytes: await lengthOf(path) })),
  );
  for (const { path } of lengths.sort((a, b) => b.bytes - a.bytes)) {
    if (await claim(path, own)) return own;
  }
  await (await open(own, "wx")).close();
  return own;
}

/** Gives a part back for a later download; an empty one is removed. */
export async function releasePart(part: string, target: string): Promise<void> {
  if ((await lengthOf(part)) === 0) await rm(part, { force: true });
  else await rename(part, join(dirname(target), `.${basename(target)}.part`)).catch(() => {});
}

/** Removes what other downloads of a finished file left. */
export async function removeAbandonedParts(target: string): Promise<void> {
  for (const path of await abandonedParts(target)) await rm(path, { force: true });
}

async function abandonedParts(target: string): Promise<string[]> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`;
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith("part"));
  const abandoned: string[] = [];
  for (const name of names) {
    const owner = name.slice(prefix.length, -".part".length);
    if (name === `${prefix}part` || (await isAbandoned(owner, join(folder, name)))) {
      abandoned.push(join(folder, name));
    }
  }
  return abandoned;
}

async function isAbandoned(owner: string, path: string): Promise<boolean> {
  const [, ownerHost, pid] = /^([A-Za-z0-9_]*)-(\d+)-\d+$/.exec(owner) ?? [];
  if (pid === undefined) return false;
  if (ownerHost === host) return !isAlive(Number(pid));
  const modified = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
  return Date.now() - modified > ABANDONED_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function lengthOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function claim(path: string, own: string): Promise<boolean> {
  return rename(path, own).then(
    () => true,
    () => false,
  );
}
