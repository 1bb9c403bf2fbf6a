import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { CliError } from "../cli-error.ts";
import { userPath } from "../user-path.ts";
import { outputFile } from "./output-file.ts";

/**
 * The path of a folder for files, which is empty or not there yet.
 *
 * @param flag that named it, for messages.
 * @param file that will be written there.
 * @throws {CliError} when it is neither, or cannot be written.
 */
export async function emptyFolder(flag: string, wanted: string, file: string): Promise<string> {
  const path = userPath(wanted);
  const there = await stat(path).catch(() => null);
  if (there !== null && (!there.isDirectory() || (await readdir(path)).length > 0)) {
    throw new CliError(
      `${flag}: expected an empty folder or none at ${path}, got ${there.isDirectory() ? "one with files" : "a file"}; name another`,
    );
  }
  await outputFile(flag, join(wanted, file), extname(file));
  return path;
}
