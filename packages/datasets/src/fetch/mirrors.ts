/** Where a known set can be had. */
import type { KnownSet, PublishedFile } from "../catalogue/known-sets.ts";

/**
 * Addresses of a file, the one to be tried first in front.
 *
 * @param mirrors base addresses that hold `<folder>/<file>` in place of the published ones; none forbids downloads.
 */
export function addressesOf(
  set: KnownSet,
  file: PublishedFile,
  mirrors: readonly string[] | undefined,
): string[] {
  if (mirrors === undefined) return set.mirrors.map((base) => `${base}${file.name}`);
  return mirrors.map((base) => `${base.replace(/\/$/, "")}/${set.folders[0]}/${file.name}`);
}
