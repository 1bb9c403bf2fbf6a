/** Where a known set can be had. */
import type { KnownSet, PublishedFile } from "../catalogue.ts";

/**
 * Addresses of a file, the one to be tried first in front. PIXELCNN_MIRRORS replaces the published mirrors by base addresses
 * (comma between) that hold `<folder>/<file>`; set but empty, it forbids downloads.
 */
export function addressesOf(set: KnownSet, file: PublishedFile): string[] {
  const own = process.env.PIXELCNN_MIRRORS;
  if (own === undefined) return set.mirrors.map((base) => `${base}${file.name}`);
  return own
    .split(",")
    .map((base) => base.trim())
    .filter((base) => base !== "")
    .map((base) => `${base.replace(/\/$/, "")}/${set.folders[0]}/${file.name}`);
}
