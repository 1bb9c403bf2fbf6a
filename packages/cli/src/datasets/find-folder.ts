/** Where a data set's files lie: `--data-dir`, then PIXELCNN_DATA, then the user's cache. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import envPaths from "env-paths";
import { userPath } from "../paths.ts";
import { type KnownSet, knownSets } from "./catalogue.ts";

/** Folders that may hold data sets' folders, the one to be believed first. */
export function dataPlaces(dataDir: string | undefined): string[] {
  const named = [dataDir, process.env.PIXELCNN_DATA].filter((place) => place !== undefined && place !== "");
  return [...named.map((place) => userPath(place!)), envPaths("pixelcnn", { suffix: "" }).cache];
}

/**
 * The first folder that passes the test. Each place may hold the set's folder or be it, by whatever name but another set's:
 * files of MNIST and Fashion-MNIST have the same names.
 *
 * @returns null when there is none.
 */
export function findFolder(
  set: KnownSet,
  dataDir: string | undefined,
  has: (folder: string) => boolean,
): string | null {
  const { folders } = set;
  const others = Object.values(knownSets).flatMap((other) => (other.name === set.name ? [] : other.folders));
  const candidates = dataPlaces(dataDir).flatMap((place) => {
    const inside = folders.map((folder) => join(place, folder));
    if (others.includes(basename(place))) return inside;
    return folders.includes(basename(place)) ? [place, ...inside] : [...inside, place];
  });
  return candidates.find(has) ?? null;
}

/** The file, plain or gzipped: "a.amat" is found as a.amat or a.amat.gz. */
export function fileAt(folder: string, file: string): string | null {
  return [join(folder, file), join(folder, `${file}.gz`)].find(existsSync) ?? null;
}
