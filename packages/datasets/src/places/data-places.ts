/** Where data sets lie on this machine. The app says it, by what its user typed and set: nothing here asks the environment. */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import envPaths from "env-paths";
import { type KnownSet, knownSets } from "../catalogue/known-sets.ts";

/** Where an app looks for data sets. */
export interface DataPlaces {
  /** Absolute; the paths of a user's own folders start here. */
  readonly base: string;
  /** Folders that may hold data sets' folders, or be one of them, the one to be believed first; a download goes to the first writable one. */
  readonly folders: readonly string[];
}

/**
 * Places that a user named, the one to be believed first, and then the user's cache (`XDG_CACHE_HOME` on Linux).
 *
 * @param base absolute; relative paths start here.
 * @param named folders; what is undefined or empty is none.
 */
export function dataPlaces(base: string, ...named: readonly (string | undefined)[]): DataPlaces {
  const folders = named.flatMap((folder) => (folder ? [resolve(base, folder)] : []));
  return { base, folders: [...folders, envPaths("pixelcnn", { suffix: "" }).cache] };
}

/**
 * The first folder that passes the test. Each place may hold the set's folder or be it, by whatever name but another set's:
 * files of MNIST and Fashion-MNIST have the same names.
 *
 * @returns null when there is none.
 */
export function findFolder(
  set: KnownSet,
  places: readonly string[],
  has: (folder: string) => boolean,
): string | null {
  const { folders } = set;
  const others = Object.values(knownSets).flatMap((other) => (other.name === set.name ? [] : other.folders));
  const candidates = places.flatMap((place) => {
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
