/** Reading of regular files alone: a pipe with a run's file name would keep its reader waiting for ever. */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { RunsError } from "./runs-error.ts";

/** @throws {RunsError} when it is no regular file. */
export async function openRegular(path: string): Promise<FileHandle> {
  // Without O_NONBLOCK opening itself would wait. Windows has no such flag, and no such pipes.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if ((await file.stat()).isFile()) return file;
    throw new RunsError(`${path}: expected a file, got something else; remove it`);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** @throws {RunsError} when it is no regular file. */
export async function readRegular(path: string): Promise<string> {
  return (await readRegularBytes(path)).toString("utf8");
}

/** @throws {RunsError} when it is no regular file. */
export async function readRegularBytes(path: string): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
