/**
 * What sets there are, for apps that only tell of them.
 *
 * @module @pixelcnn/datasets/catalogue
 */

export { datasetNames } from "./dataset-names.ts";
export { type KnownSet, knownSet, knownSets } from "./known-sets.ts";
