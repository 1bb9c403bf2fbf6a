/** Where data sets lie, by what the user typed and set. */
import { cacheFolder, type DataPlaces } from "@pixelcnn/datasets";
import { userPath } from "./paths.ts";

/** `--data-dir`, then PIXELCNN_DATA, then the user's cache. */
export function dataPlaces(dataDir: string | undefined): DataPlaces {
  const named = [dataDir, process.env.PIXELCNN_DATA].filter((place) => place !== undefined && place !== "");
  return { base: userPath("."), folders: [...named.map((place) => userPath(place!)), cacheFolder()] };
}

/**
 * PIXELCNN_MIRRORS replaces the published mirrors by base addresses (comma between) that hold `<folder>/<file>`; set but empty, it
 * forbids downloads.
 */
export function ownMirrors(): string[] | undefined {
  return process.env.PIXELCNN_MIRRORS?.split(",")
    .map((base) => base.trim())
    .filter((base) => base !== "");
}
