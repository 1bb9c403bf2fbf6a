import type { KnownSet } from "../catalogue/known-sets.ts";
import { archiveIn, TEST_BATCH, TRAINING_BATCHES } from "../sets/cifar-files.ts";
import { fileAt } from "./data-places.ts";

/** Whether a folder holds what loading a set needs; of CIFAR-10, one training batch will do. */
export function hasSet(set: KnownSet, folder: string): boolean {
  if (set.format.kind !== "cifar") {
    return set.files.every((file) => fileAt(folder, file.name.replace(/\.gz$/, "")) !== null);
  }
  const some = TRAINING_BATCHES.some((file) => fileAt(folder, file) !== null);
  return archiveIn(folder) !== null || (some && fileAt(folder, TEST_BATCH) !== null);
}
