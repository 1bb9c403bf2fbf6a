import { DataError } from "../data/data-error.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Preparation } from "../data/preparation.ts";
import type { Network } from "../network/graph.ts";

/** @throws {DataError} when a data set's pictures or labels are not what the network takes. */
export function checkDataset({ picture, classes }: Network, dataset: Dataset): void {
  const { name, height, width, channels } = dataset;
  if (height !== picture.height || width !== picture.width || channels !== picture.channels) {
    throw new DataError(
      `the model takes ${picture.height}×${picture.width} pictures of ${picture.channels} channel(s), but ${name} has ` +
        `${height}×${width} of ${channels}; choose another set or model`,
    );
  }
  if (classes > 0 && dataset.classes !== classes) {
    throw new DataError(
      `the model has ${classes} classes, but ${name} has ${dataset.classes}; choose another set, or 0 classes`,
    );
  }
}

/** @throws {DataError} when a part that a training needs is empty: its first is read at every step, the others when an epoch ends. */
export function checkParts(dataset: Dataset): void {
  for (const part of ["train", "validation", "test"] as const) {
    if (dataset[part].length > 0) continue;
    throw new DataError(
      `${dataset.name}: expected at least 1 picture in every part, got none in ${part}; divide the pictures otherwise, or add some`,
    );
  }
}

/** @throws {DataError} when a preparation makes other levels than the network takes: its likelihoods would be those of other pictures. */
export function checkPreparedLevels({ picture }: Network, { levels }: Preparation): void {
  if (levels !== picture.levels) {
    throw new DataError(
      `the model takes pictures of ${picture.levels} levels, but the preparation makes ${levels}; prepare ${picture.levels}, or choose another model`,
    );
  }
}
