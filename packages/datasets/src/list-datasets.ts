/** What data sets there are, and which of them lie on this machine. */

import { generatedSets } from "./catalogue/generated-sets.ts";
import { knownSets } from "./catalogue/known-sets.ts";
import { findFolder } from "./places/data-places.ts";
import { hasSet } from "./places/has-set.ts";

/** What a list says of a set. */
export interface ListedSet {
  readonly name: string;
  readonly pictures: string;
  readonly size: string;
  /** Bytes of a download, 0 where there is none. */
  readonly downloadBytes: number;
  readonly licence: string;
  /** Where its files lie; "embedded" for a set that needs none; null when it is not there. */
  readonly place: string | null;
}

/**
 * All sets that have names.
 *
 * @param folders that may hold sets, or be one: see {@link DataPlaces}.
 */
export function listDatasets(folders: readonly string[]): ListedSet[] {
  const embedded = { downloadBytes: 0, licence: "drawn by this package", place: "embedded" };
  return [
    ...Object.entries(generatedSets).map(([name, { pictures, size }]) => ({
      name,
      pictures,
      size,
      ...embedded,
    })),
    ...Object.values(knownSets).map((set) => ({
      name: set.name,
      pictures: set.pictures,
      size: set.size,
      downloadBytes: set.files.reduce((sum, file) => sum + file.bytes, 0),
      licence: set.licence,
      place: findFolder(set, folders, (folder) => hasSet(set, folder)),
    })),
  ];
}
