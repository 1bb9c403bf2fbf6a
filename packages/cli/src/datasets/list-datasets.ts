/** What data sets there are, and which of them lie on this machine. */
import { knownSets } from "./catalogue.ts";
import { findFolder } from "./find-folder.ts";
import { generatedSets } from "./generated-sets.ts";
import { hasSet } from "./has-set.ts";

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

export function listDatasets(dataDir: string | undefined): ListedSet[] {
  const embedded = { downloadBytes: 0, licence: "drawn by this program", place: "embedded" };
  return [
    ...Object.entries(generatedSets).map(([name, { size }]) => ({
      name,
      pictures: "endless",
      size,
      ...embedded,
    })),
    ...Object.values(knownSets).map((set) => ({
      name: set.name,
      pictures: set.pictures,
      size: set.size,
      downloadBytes: set.files.reduce((sum, file) => sum + file.bytes, 0),
      licence: set.licence,
      place: findFolder(set, dataDir, (folder) => hasSet(set, folder)),
    })),
  ];
}
