import { generatedSets } from "./generated-sets.ts";
import { knownSets } from "./known-sets.ts";

/** What `--dataset` takes. */
export const datasetNames = [
  ...Object.keys(generatedSets),
  ...Object.values(knownSets).map(({ name }) => name),
  "folder:<dir>",
  "idx:<dir>",
  "npy:<file>",
  "codes:<file>",
];
