import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CliError } from "../cli-error.ts";
import { userPath } from "../user-path.ts";
import { outputFile } from "./output-file.ts";

/** The path of a folder for files, which is empty or not there yet. @throws {CliError} when it is neither, or cannot be written. */
export async function emptyFolder(wanted: string): Promise<string> {
  const path = userPath(wanted);
  const there = await stat(path).catch(() => null);
  if (there !== null && (!there.isDirectory() || (await readdir(path)).length > 0)) {
    throw new CliError(
      `--out: expected an empty folder or none at ${path}, got ${there.isDirectory() ? "one with files" : "a file"}; name another`,
    );
  }
  await outputFile("--out", join(wanted, "1.png"), ".png");
  return path;
}
