// @pixelcnn/datasets/catalogue: what sets there are, for apps that only tell of them.

export { datasetNames } from "./dataset-names.ts";
export { type KnownSet, knownSet, knownSets } from "./known-sets.ts";
