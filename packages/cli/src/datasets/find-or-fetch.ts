import type { KnownSet } from "./catalogue.ts";
import { fetchSet } from "./fetch/fetch-set.ts";
import { findFolder } from "./find-folder.ts";
import { hasSet } from "./has-set.ts";
import type { DatasetOptions } from "./load-dataset.ts";

/**
 * The folder of a known set; where no folder holds it, it is downloaded.
 *
 * @throws {CliError} when no mirror gives it.
 */
export async function findOrFetch(set: KnownSet, { dataDir, quiet }: DatasetOptions): Promise<string> {
  const found = findFolder(set, dataDir, (folder) => hasSet(set, folder));
  return found ?? fetchSet(set, { dataDir, quiet: quiet === true });
}
