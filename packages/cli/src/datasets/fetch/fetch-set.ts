/** Downloads a known set. */
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { CliError } from "../../cli-error.ts";
import { progressBar } from "../../output/progress.ts";
import type { KnownSet } from "../catalogue.ts";
import { dataPlaces } from "../find-folder.ts";
import { DownloadError, type DownloadOptions, download, isWhole } from "./download.ts";
import { addressesOf } from "./mirrors.ts";

export interface FetchOptions extends Pick<DownloadOptions, "stallMs" | "pauseMs"> {
  readonly dataDir: string | undefined;
  readonly quiet: boolean;
}

/**
 * Gets every file of the set that is not there, whole and with the right hash.
 *
 * @returns the folder with the files.
 * @throws {CliError} when no mirror answers: which files to put where.
 */
export async function fetchSet(set: KnownSet, options: FetchOptions): Promise<string> {
  const folder = await writableFolder(set, options.dataDir);
  const total = set.files.reduce((sum, file) => sum + file.bytes, 0);
  const progress = progressBar(`fetching ${set.name}`, options.quiet);
  let before = 0;
  let announced = options.quiet;
  try {
    for (const file of set.files) {
      const target = join(folder, file.name);
      if (!(await isWhole(target, file))) {
        if (!announced)
          process.stderr.write(`fetching ${set.name}, ${megabytes(total)} MB, into ${folder}\n`);
        announced = true;
        await download(file, target, {
          addresses: addressesOf(set, file),
          onProgress: (bytes) => progress.update((before + bytes) / total, note(before + bytes, total)),
          ...(options.stallMs !== undefined && { stallMs: options.stallMs }),
          ...(options.pauseMs !== undefined && { pauseMs: options.pauseMs }),
        });
      }
      before += file.bytes;
    }
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    const names = set.files.map((file) => file.name).join(", ");
    throw new CliError(
      `${set.name}: expected to download it, got ${error.message || "no mirror"}; ` +
        `put ${names} into ${folder}, or name their place with --data-dir`,
      { cause: error },
    );
  } finally {
    progress.clear();
  }
  return folder;
}

/** The set's folder in the first place that can be written to. */
async function writableFolder(set: KnownSet, dataDir: string | undefined): Promise<string> {
  const places = dataPlaces(dataDir);
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
  throw new CliError(
    `${set.name}: expected a folder that can be written to, found none of ${places.join(", ")}; name one with --data-dir`,
  );
}

function note(bytes: number, total: number): string {
  return `${megabytes(bytes)}/${megabytes(total)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
