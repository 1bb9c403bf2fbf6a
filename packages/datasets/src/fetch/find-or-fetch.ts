import type { KnownSet } from "../catalogue/known-sets.ts";
import { findFolder } from "../places/data-places.ts";
import { hasSet } from "../places/has-set.ts";
import { type FetchOptions, fetchSet } from "./fetch-set.ts";

/**
 * The folder of a known set; where no folder holds it, it is downloaded.
 *
 * @param folders see {@link DataPlaces}.
 * @throws {DatasetsError} when no mirror gives it.
 */
export async function findOrFetch(
  set: KnownSet,
  folders: readonly string[],
  options: FetchOptions,
): Promise<string> {
  const found = findFolder(set, folders, (folder) => hasSet(set, folder));
  return found ?? fetchSet(set, folders, options);
}
