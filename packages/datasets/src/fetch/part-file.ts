/**
 * The unfinished part of a download. Every download writes to a part of its own, so two processes never write to the same bytes; what
 * others left or are just getting, it begins with:
 *
 *     .<file>.<token>.part    a download's own, written front to back
 *     .<file>.part            given back by a download that failed or was interrupted
 *
 * Whether the owner of a part still lives cannot be known (a process number is used again, and means nothing to another container or
 * machine that shares the folder), and need not be: a part that changed in the last hour is copied, which hurts nobody; one that did
 * not, or was given back, is taken by renaming it, which only one of them can do. Whoever finishes the file removes all parts of it.
 */
import { randomBytes } from "node:crypto";
import { copyFile, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { holdPart, letGoOfPart } from "./held-parts.ts";

/** No download that lives leaves its part unchanged for so long: a mirror that sends nothing is given up after half a minute. */
const ABANDONED_MS = 60 * 60 * 1000;

/**
 * @returns the path of a part of our own, with what the longest other one has. It is held until {@link letGoOfPart}.
 */
export async function claimPart(target: string): Promise<string> {
  const own = join(dirname(target), `.${basename(target)}.${randomBytes(8).toString("hex")}.part`);
  holdPart(own, givenBack(target));
  try {
    await fill(own, target);
    return own;
  } catch (error) {
    letGoOfPart(own);
    throw error;
  }
}

async function fill(own: string, target: string): Promise<void> {
  const parts = await Promise.all((await partsOf(target)).map((path) => describe(path, target)));
  for (const { path, isFree } of parts.sort((a, b) => b.bytes - a.bytes)) {
    const claimed = isFree ? take(path, own) : copyFile(path, own);
    // Somebody may have taken, finished or removed it by now.
    const isOurs = await claimed.then(
      () => true,
      () => false,
    );
    if (isOurs) return;
  }
  await (await open(own, "w")).close();
}

/** Gives a part back for a later download; an empty one is removed. */
export async function releasePart(part: string, target: string): Promise<void> {
  if ((await describe(part, target)).bytes === 0) await rm(part, { force: true });
  else await rename(part, givenBack(target)).catch(() => {});
}

/** Removes what other downloads of a finished file left, or are still getting: they find the file instead. */
export async function removeParts(target: string): Promise<void> {
  // Windows keeps a file that somebody writes to; whoever does removes it.
  for (const path of await partsOf(target)) await rm(path, { force: true }).catch(() => {});
}

async function partsOf(target: string): Promise<string[]> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`;
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith("part"))
    .map((name) => join(folder, name));
}

function givenBack(target: string): string {
  return join(dirname(target), `.${basename(target)}.part`);
}

async function take(path: string, own: string): Promise<void> {
  await rename(path, own);
  const now = new Date();
  await utimes(own, now, now); // it is somebody's again
}

async function describe(path: string, target: string) {
  const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: Number.POSITIVE_INFINITY }));
  return { path, bytes: size, isFree: path === givenBack(target) || Date.now() - mtimeMs > ABANDONED_MS };
}
