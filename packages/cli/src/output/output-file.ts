/** Files that a command is asked to write, judged before its work: nobody draws for an hour to learn that a folder is read-only. */
import { constants } from "node:fs";
import { access, realpath, stat, statfs } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { CliError } from "../cli-error.ts";
import { userPath } from "../user-path.ts";
import { refusalOf } from "./refusal.ts";
import { shown } from "./shown.ts";

/** Names of standard output. What follows on it would be taken for a part of the file. */
const STANDARD_OUTPUT = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

export function isStandardOutput(path: string): boolean {
  return STANDARD_OUTPUT.includes(path);
}

/**
 * The path of a file that can be written, as far as one can know before. Pipes and devices are taken under any name.
 *
 * @param flag that named it, for messages.
 * @param extensions that the file's formats have, such as ".png"; the first is that of a name without one.
 * @throws {CliError} for a folder, another extension, a place that cannot be written or has no space left.
 */
export async function outputFile(
  flag: string,
  path: string,
  ...extensions: readonly string[]
): Promise<string> {
  const target = userPath(path);
  const extension = extensions.join(" or ");
  const there = await statOrNull(target);
  if (there?.isDirectory() || /[/\\]$/.test(path)) {
    throw new CliError(`${flag}: expected a file, got the folder ${target}; name a ${extension} file in it`);
  }
  if (there !== null && !there.isFile()) return target;
  if (/^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path)) {
    throw new CliError(
      `${flag}: expected ${path} to be open, but it is not handed on; use ${flag} - and a pipe, or a file`,
    );
  }
  const given = extname(target);
  if (given !== "" && !extensions.includes(given.toLowerCase())) {
    throw new CliError(
      `${flag}: expected a name that ends in ${extension}, the only format${extensions.length > 1 ? "s" : ""} it is written in, got ${shown(path)}; choose such a name`,
    );
  }
  try {
    await checkWritable(target, there !== null);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    throw new CliError(`${flag}: ${refusal}`, { cause: error });
  }
  return target;
}

async function checkWritable(target: string, exists: boolean): Promise<void> {
  if (exists) await access(target, constants.W_OK);
  const folder = await existingFolder(dirname(exists ? await realpath(target) : target));
  await access(folder, constants.W_OK | constants.X_OK);
  const { blocks, bavail } = await statfs(folder);
  if (blocks > 0 && bavail === 0) throw refused("ENOSPC", folder); // some file systems do not count and say 0 of 0
}

/** The folder, or the nearest above it that is there: the others will be made. */
async function existingFolder(folder: string): Promise<string> {
  const there = await statOrNull(folder);
  if (there === null) return existingFolder(dirname(folder));
  if (!there.isDirectory()) throw refused("ENOTDIR", folder);
  return folder;
}

async function statOrNull(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    // Below a file there is nothing either; which one it is, is told when the folders are looked at.
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
}

function refused(code: string, path: string): Error {
  return Object.assign(new Error(code), { code, path, syscall: "access" });
}
