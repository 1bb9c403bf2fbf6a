/** What pixelcnn keeps on the disk, and how each of it is cleaned: one list, which `disk list` and `disk clean` read. */
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cacheFolder } from "@pixelcnn/backends";
import { knownSets } from "@pixelcnn/datasets/catalogue";
import { emptyRemovedRuns, isTrained, layout, listRemovedRuns, listRuns } from "@pixelcnn/runs";
import { runsFolder } from "../paths.ts";
import type { cleanable } from "./cleanable.ts";
import { filesBelow, type StoredFile } from "./files-below.ts";

/** One kind of thing on the disk. */
export interface Store {
  readonly description: string;
  /** The folder that holds it. */
  readonly folder: string;
  /** All of it. */
  readonly files: () => Promise<StoredFile[]>;
  /** What cleaning takes away; null for what only its owner can judge. */
  readonly spare: null | (() => Promise<StoredFile[]>);
  readonly clean: null | (() => Promise<void>);
}

/** Where all of it lies. */
export interface StoragePlaces {
  readonly runs: string;
  /** Folders of data sets, one each. */
  readonly cache: string;
  readonly engines: string;
}

/** Of this user. @param runs folder of the runs. */
export function storagePlaces(runs = runsFolder()): StoragePlaces {
  return { runs, cache: dirname(cacheFolder()), engines: cacheFolder() };
}

/** Folders of a cache, removed whole. */
function cached(description: string, folder: string, folders: () => Promise<string[]>): Store {
  const files = async () => (await Promise.all((await folders()).map(filesBelow))).flat();
  return {
    ...{ description, folder, files, spare: files },
    clean: async () => {
      for (const one of await folders()) await rm(one, { recursive: true, force: true });
    },
  };
}

export type StoreName = "runs" | (typeof cleanable)[number];

export function storesIn({ runs, cache, engines }: StoragePlaces): Record<StoreName, Store> {
  const checkpoints = () => spareCheckpoints(runs);
  const removed = () => removedFiles(runs);
  return {
    runs: {
      description: "trainings; runs remove takes one away",
      folder: runs,
      files: async () =>
        (await filesBelow(runs)).filter(({ path }) => !path.startsWith(join(runs, ".removed"))),
      spare: null,
      clean: null,
    },
    checkpoints: {
      description: "of them, all checkpoints but the newest whole one of runs that nobody trains",
      ...{ folder: runs, files: checkpoints, spare: checkpoints },
      clean: async () => {
        for (const { path } of await checkpoints()) await rm(path, { force: true });
      },
    },
    removed: {
      description: "runs that were removed, until they are cleaned away",
      ...{ folder: runs, files: removed, spare: removed },
      clean: () => emptyRemovedRuns(runs),
    },
    datasets: cached("downloaded data sets; fetched again when they are wanted", cache, async () => {
      const own = Object.values(knownSets).flatMap(({ folders }) => folders);
      return (await foldersIn(cache)).filter((folder) => own.includes(basename(folder)));
    }),
    engines: cached("engines; setup-backend fetches them again", engines, () => foldersIn(engines)),
  };
}

async function removedFiles(runs: string): Promise<StoredFile[]> {
  const removed = await listRemovedRuns(runs);
  return (await Promise.all(removed.map(({ directory }) => filesBelow(directory)))).flat();
}

/** Of runs that nobody trains: all but the checkpoint that training would go on from. Where there is none, nothing can be judged. */
async function spareCheckpoints(runs: string): Promise<StoredFile[]> {
  const { newestWhole } = await import("../training/newest-whole.ts");
  const spare: StoredFile[] = [];
  for (const name of await listRuns(runs)) {
    const run = join(runs, name);
    if (await isTrained(run)) continue;
    const files = await filesBelow(layout.checkpoints(run));
    if (files.length < 2) continue; // one that is whole stays, as does one that is not
    const { whole } = await newestWhole(run).catch(unreadable);
    if (whole === null) continue;
    for (const file of files) if (file.path !== whole.path) spare.push(file);
  }
  return spare;
}

/** A checkpoint that may not be read, or is gone meanwhile. */
function unreadable(error: NodeJS.ErrnoException): { whole: null } {
  if (error.code === undefined) throw error;
  return { whole: null };
}

async function foldersIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return (await stat(path).catch(() => null))?.isDirectory() ? [path] : [];
    }),
  );
  return found.flat();
}
