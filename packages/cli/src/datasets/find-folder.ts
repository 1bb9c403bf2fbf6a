/** Where a data set's files lie: `--data-dir`, then PIXELCNN_DATA, then the user's cache. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import envPaths from "env-paths";
import { CliError } from "../cli-error.ts";
import { userPath } from "../paths.ts";

/**
 * The folder with all of `files`. Each place may hold the set's folder or be it.
 *
 * @throws {CliError} naming the files and the places that were looked at.
 */
export function findFolder(folder: string, files: readonly string[], dataDir: string | undefined): string {
  const places = [dataDir, process.env.PIXELCNN_DATA]
    .filter((place) => place !== undefined && place !== "")
    .map((place) => userPath(place!));
  places.push(envPaths("pixelcnn", { suffix: "" }).cache);
  const candidates = places.flatMap((place) =>
    basename(place) === folder ? [place, join(place, folder)] : [join(place, folder), place],
  );
  const found = candidates.find((candidate) => files.every((file) => fileAt(candidate, file) !== null));
  if (found !== undefined) return found;
  throw new CliError(
    `expected ${files.join(", ")} in a folder ${folder}, found them in none of ${places.join(", ")}; ` +
      "put them there or name the place with --data-dir",
  );
}

/** The file, plain or gzipped: "a.amat" is found as a.amat or a.amat.gz. */
export function fileAt(folder: string, file: string): string | null {
  return [join(folder, file), join(folder, `${file}.gz`)].find(existsSync) ?? null;
}
