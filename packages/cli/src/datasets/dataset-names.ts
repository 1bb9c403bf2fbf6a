/** What `--dataset` takes. */
export const datasetNames = [
  "glyphs",
  "colour-glyphs",
  "mnist",
  "binarized-mnist",
  "fashion-mnist",
  "cifar10",
  "folder:<dir>",
  "idx:<dir>",
] as const;
