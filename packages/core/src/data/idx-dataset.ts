/** Four idx files as one data set: MNIST, Fashion-MNIST and any set stored the same way. */
import { DataError } from "./data-error.ts";
import type { Dataset } from "./dataset.ts";
import type { IdxLabels, IdxPictures } from "./idx.ts";
import { storedSplit } from "./stored-split.ts";
import { withEveryNthForValidation } from "./subsets.ts";

/** Every so many training pictures one is for validation: fewer would leave none for it. */
const VALIDATION_EVERY = 12;

/** The four files of an idx data set. */
export interface IdxFiles {
  readonly name: string;
  /** What the labels mean, when that is known. */
  readonly classNames?: readonly string[];
  readonly trainPictures: IdxPictures;
  readonly trainLabels: IdxLabels;
  readonly testPictures: IdxPictures;
  readonly testLabels: IdxLabels;
}

/**
 * A grey data set of 256 levels with labels. Every twelfth training picture is validation; the number of classes is the
 * largest label of both label files plus one.
 *
 * @throws {DataError} when the numbers of pictures and labels differ, the two picture files have different sizes, or there are fewer
 * than 12 training pictures.
 */
export function idxDataset(files: IdxFiles): Dataset {
  const { name, classNames, trainPictures, trainLabels, testPictures, testLabels } = files;
  checkCounts(trainPictures, trainLabels);
  checkCounts(testPictures, testLabels);
  const { height, width } = trainPictures;
  if (testPictures.height !== height || testPictures.width !== width) {
    throw new DataError(
      `${testPictures.name}: expected pictures of ${height}×${width} as in ${trainPictures.name}, got ${testPictures.height}×${testPictures.width}; use files of one data set`,
    );
  }
  if (trainPictures.count < VALIDATION_EVERY) {
    throw new DataError(
      `${trainPictures.name}: expected at least ${VALIDATION_EVERY} pictures, got ${trainPictures.count}; add some`,
    );
  }
  const size = height * width;
  const all = storedSplit(trainPictures.pixels, size, trainLabels.labels);
  return {
    name,
    height,
    width,
    channels: 1,
    levels: 256,
    classes: Math.max(largest(trainLabels.labels), largest(testLabels.labels)) + 1,
    ...(classNames && { classNames }),
    ...withEveryNthForValidation(all, VALIDATION_EVERY),
    test: storedSplit(testPictures.pixels, size, testLabels.labels),
  };
}

function checkCounts(pictures: IdxPictures, labels: IdxLabels): void {
  if (pictures.count !== labels.count) {
    throw new DataError(
      `${labels.name}: expected ${pictures.count} labels, one for each picture of ${pictures.name}, got ${labels.count}; use files of one data set`,
    );
  }
}

function largest(labels: Uint8Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}
