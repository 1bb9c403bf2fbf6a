/** Downloads a known set. */
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { excerpt } from "@pixelcnn/core";
import type { KnownSet, PublishedFile } from "../catalogue/known-sets.ts";
import type { OnDatasetEvent } from "../dataset-event.ts";
import { DatasetsError } from "../datasets-error.ts";
import { findFolder } from "../places/data-places.ts";
import { hasSet } from "../places/has-set.ts";
import { DownloadError, type DownloadOptions, download, isWhole } from "./download.ts";

/** Where a set is fetched from, and who is told how far it is. */
export interface FetchOptions extends Pick<DownloadOptions, "stallMs" | "pauseMs"> {
  /** Base addresses, of http or https, that hold `<folder>/<file>` in place of the published mirrors; none forbids downloads. */
  readonly mirrors?: readonly string[] | undefined;
  readonly onEvent?: OnDatasetEvent | undefined;
}

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

/**
 * Gets every file of the set that is not there, whole and with the right hash.
 *
 * @param folders that may hold the set, or be it; it goes to the first that can be written to.
 * @returns the folder with the files.
 * @throws {DatasetsError} when a mirror is no address, or none answers: which files to put where.
 */
export async function fetchSet(
  set: KnownSet,
  folders: readonly string[],
  { mirrors, onEvent = () => {}, stallMs, pauseMs }: FetchOptions = {},
): Promise<string> {
  const { name } = set;
  for (const mirror of mirrors ?? []) checkAddress(mirror);
  const folder = await writableFolder(set, folders);
  const totalBytes = set.files.reduce((sum, file) => sum + file.bytes, 0);
  let before = 0;
  let announced = false;
  try {
    for (const file of set.files) {
      const target = join(folder, file.name);
      if (!(await isWhole(target, file))) {
        if (!announced) onEvent({ type: "fetch", name, folder, totalBytes });
        announced = true;
        await download(file, target, {
          addresses: addressesOf(set, file, mirrors),
          onProgress: (bytes) => onEvent({ type: "fetching", name, bytes: before + bytes, totalBytes }),
          ...(stallMs !== undefined && { stallMs }),
          ...(pauseMs !== undefined && { pauseMs }),
        });
      }
      before += file.bytes;
    }
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    const names = set.files.map((file) => file.name).join(", ");
    throw new DatasetsError(
      `${name}: expected to download it, got ${error.message || "no mirror"}; ` +
        `put ${names} into ${folder}, or name their place with --data-dir`,
      { cause: error },
    );
  } finally {
    onEvent({ type: "ended" });
  }
  return folder;
}

function checkAddress(mirror: string): void {
  if (/^https?:/i.test(mirror) && URL.canParse(mirror)) return;
  throw new DatasetsError(
    `expected mirrors that are addresses, as https://example.org/data, got "${excerpt(mirror)}"; name one, or a folder with --data-dir`,
  );
}

/** Addresses of a file, the one to be tried first in front. */
function addressesOf(set: KnownSet, file: PublishedFile, mirrors: readonly string[] | undefined): string[] {
  if (mirrors === undefined) return set.mirrors.map((base) => `${base}${file.name}`);
  return mirrors.map((base) => `${base.replace(/\/$/, "")}/${set.folders[0]}/${file.name}`);
}

/** The set's folder in the first place that can be written to. */
async function writableFolder(set: KnownSet, places: readonly string[]): Promise<string> {
  for (const place of places) {
    const folder = set.folders.includes(basename(place)) ? place : join(place, set.folders[0]);
    const writable = await mkdir(folder, { recursive: true })
      .then(() => access(folder, constants.W_OK))
      .then(
        () => true,
        () => false,
      );
    if (writable) return folder;
  }
  throw new DatasetsError(
    `${set.name}: expected a folder that can be written to, found none of ${places.join(", ")}; name one with --data-dir`,
  );
}
