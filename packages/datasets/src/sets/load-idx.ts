/** Sets of four idx files: the known ones, and any folder that holds such four. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  type Dataset,
  type IdxLabels,
  type IdxPictures,
  idxDataset,
  parseIdxLabels,
  parseIdxPictures,
} from "@pixelcnn/core/data";
import type { KnownSet } from "../catalogue/known-sets.ts";
import { DatasetsError } from "../datasets-error.ts";
import { foundInstead } from "../files/found-instead.ts";
import { readPlain } from "../files/read-file.ts";
import { anyFile, type SizeLimit } from "../files/size-limit.ts";
import { fileAt } from "../places/data-places.ts";

/** A known set out of its folder; its files are no longer than `longestBytes`. */
export async function loadKnownIdx(set: KnownSet, folder: string, longestBytes: number): Promise<Dataset> {
  const files = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map(
    (file) => `${file}-ubyte`,
  );
  const [trainPictures, trainLabels, testPictures, testLabels] = files.map((file) => fileAt(folder, file)!);
  return idxDataset({
    name: set.name,
    ...(set.classNames && { classNames: set.classNames }),
    trainPictures: await pictures(trainPictures!, longestBytes),
    trainLabels: await labels(trainLabels!, longestBytes),
    testPictures: await pictures(testPictures!, longestBytes),
    testLabels: await labels(testLabels!, longestBytes),
  });
}

/**
 * Whatever four idx files a folder holds, plain or gzipped. What each is, its header says; those for training have "train" in
 * their name or, where names do not tell, are the longer ones.
 *
 * @throws {DatasetsError} when there are not two picture files and two label files.
 */
export async function loadIdxFolder(folder: string): Promise<Dataset> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    const found = foundInstead(cause);
    throw new DatasetsError(`expected a folder with four idx files at ${folder}, found ${found}`, { cause });
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && /idx|ubyte/i.test(entry.name) && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
  if (names.length !== 4) {
    throw new DatasetsError(
      `${folder}: expected four files with idx or ubyte in their names, got ${names.length}; put one data set into the folder`,
    );
  }
  const found: { pictures: IdxPictures[]; labels: IdxLabels[] } = { pictures: [], labels: [] };
  for (const name of names) {
    const bytes = await readPlain(join(folder, name), anyFile);
    if (bytes[3] === 1) found.labels.push(parseIdxLabels(bytes, name));
    else found.pictures.push(parseIdxPictures(bytes, name));
  }
  if (found.pictures.length !== 2) {
    throw new DatasetsError(
      `${folder}: expected two idx files of pictures and two of labels, got ${found.pictures.length} and ${found.labels.length}; put one data set into the folder`,
    );
  }
  const [trainPictures, testPictures] = trainingFirst(found.pictures, folder);
  const [trainLabels, testLabels] = trainingFirst(found.labels, folder);
  return idxDataset({ name: basename(folder), trainPictures, trainLabels, testPictures, testLabels });
}

async function pictures(path: string, limit: SizeLimit): Promise<IdxPictures> {
  return parseIdxPictures(await readPlain(path, limit), path);
}

async function labels(path: string, limit: SizeLimit): Promise<IdxLabels> {
  return parseIdxLabels(await readPlain(path, limit), path);
}

function trainingFirst<T extends { name: string; count: number }>(files: T[], folder: string): [T, T] {
  const named = files.filter(({ name }) => /train/i.test(name));
  const [a, b] = files as [T, T];
  if (named.length === 1) return named[0] === a ? [a, b] : [b, a];
  if (a.count === b.count) {
    throw new DatasetsError(
      `${folder}: expected one of ${a.name} and ${b.name} to be for training, but neither its name nor its length tells; put "train" into its name`,
    );
  }
  return a.count > b.count ? [a, b] : [b, a];
}
