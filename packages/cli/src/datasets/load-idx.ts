/** Sets of four idx files: the known ones, and any folder that holds such four. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  type Dataset,
  type IdxImages,
  type IdxLabels,
  idxDataset,
  parseIdxImages,
  parseIdxLabels,
} from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import { userPath } from "../paths.ts";
import { knownSets } from "./catalogue.ts";
import { fileAt } from "./find-folder.ts";
import { findOrFetch } from "./find-or-fetch.ts";
import type { DatasetOptions } from "./load-dataset.ts";
import { readPlain } from "./read-file.ts";
import { anyFile, type SizeLimit } from "./size-limit.ts";

/** Bytes of the longest file of MNIST and Fashion-MNIST alike: a header and 60,000 pictures of 28×28. */
const KNOWN_BYTES = 16 + 60_000 * 28 * 28;

export async function loadKnownIdx(key: "mnist" | "fashionMnist", options: DatasetOptions): Promise<Dataset> {
  const set = knownSets[key];
  const files = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map(
    (file) => `${file}-ubyte`,
  );
  const folder = await findOrFetch(set, options);
  const [trainImages, trainLabels, testImages, testLabels] = files.map((file) => fileAt(folder, file)!);
  return idxDataset({
    name: set.name,
    ...(set.classNames && { classNames: set.classNames }),
    trainImages: await images(trainImages!, KNOWN_BYTES),
    trainLabels: await labels(trainLabels!, KNOWN_BYTES),
    testImages: await images(testImages!, KNOWN_BYTES),
    testLabels: await labels(testLabels!, KNOWN_BYTES),
  });
}

/**
 * Whatever four idx files a folder holds, plain or gzipped. What each is, its header says; those for training have "train" in
 * their name or, where names do not tell, are the longer ones.
 *
 * @throws {CliError} when there are not two image files and two label files.
 */
export async function loadIdxFolder(path: string): Promise<Dataset> {
  const folder = userPath(path);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new CliError(`expected a folder with four idx files at ${folder}, found none`, { cause });
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && /idx|ubyte/i.test(entry.name) && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
  if (names.length !== 4) {
    throw new CliError(
      `${folder}: expected four files with idx or ubyte in their names, got ${names.length}; put one data set into the folder`,
    );
  }
  const found: { images: IdxImages[]; labels: IdxLabels[] } = { images: [], labels: [] };
  for (const name of names) {
    const bytes = await readPlain(join(folder, name), anyFile);
    if (bytes[3] === 1) found.labels.push(parseIdxLabels(bytes, name));
    else found.images.push(parseIdxImages(bytes, name));
  }
  if (found.images.length !== 2) {
    throw new CliError(
      `${folder}: expected two idx files of pictures and two of labels, got ${found.images.length} and ${found.labels.length}; put one data set into the folder`,
    );
  }
  const [trainImages, testImages] = trainingFirst(found.images, folder);
  const [trainLabels, testLabels] = trainingFirst(found.labels, folder);
  return idxDataset({ name: basename(folder), trainImages, trainLabels, testImages, testLabels });
}

async function images(path: string, limit: SizeLimit): Promise<IdxImages> {
  return parseIdxImages(await readPlain(path, limit), path);
}

async function labels(path: string, limit: SizeLimit): Promise<IdxLabels> {
  return parseIdxLabels(await readPlain(path, limit), path);
}

function trainingFirst<T extends { name: string; count: number }>(files: T[], folder: string): [T, T] {
  const named = files.filter(({ name }) => /train/i.test(name));
  const [a, b] = files as [T, T];
  if (named.length === 1) return named[0] === a ? [a, b] : [b, a];
  if (a.count === b.count) {
    throw new CliError(
      `${folder}: expected one of ${a.name} and ${b.name} to be for training, but neither its name nor its length tells; put "train" into its name`,
    );
  }
  return a.count > b.count ? [a, b] : [b, a];
}
