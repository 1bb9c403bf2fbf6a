/** Real pictures beside which a model's are shown: taken from the test part by a rule that looks at none, never the best. */
import type { ModelFile } from "@pixelcnn/core";
import { type Dataset, readBatch } from "@pixelcnn/core/data";
import { drawSheet, encodePng } from "@pixelcnn/pictures";

/** Of sets without classes, or of each class. */
const PICTURES = 20;
const PER_CLASS = 6;
const COLUMNS = 10;

/**
 * The sheet as a file, and how many pictures are on it: the first of each class, or every so many of a set without, from its first on (a set
 * may be sorted).
 */
export function realSheet(
  { model, preparation }: ModelFile,
  dataset: Dataset,
  scale: number,
): { readonly png: Uint8Array; readonly count: number; readonly every?: number } {
  const { picture, classes } = model.network;
  const every = Math.max(1, Math.floor(dataset.test.length / PICTURES));
  const indices = classes === 0 ? spread(dataset, every) : firstOfEach(dataset, classes);
  const { levels } = readBatch(dataset, dataset.test, indices, preparation, { seed: 0, time: 0 });
  const columns = classes === 0 ? COLUMNS : PER_CLASS;
  const png = encodePng(drawSheet(levels, picture, { columns, scale }));
  return { png, count: indices.length, ...(classes === 0 && { every }) };
}

/** Places in the test part. */
function spread({ test }: Dataset, every: number): number[] {
  return Array.from({ length: Math.min(PICTURES, test.length) }, (_, i) => i * every);
}

/** Places in the test part, class by class. */
function firstOfEach({ test, width, height, channels, levels }: Dataset, classes: number): number[] {
  const picture =
    levels > 256 ? new Uint16Array(height * width * channels) : new Uint8Array(height * width * channels);
  const byClass = Array.from({ length: classes }, () => [] as number[]);
  for (let index = 0; index < test.length; index++) {
    const found = byClass[test.read(index, picture, 0)]!;
    if (found.length < PER_CLASS) found.push(index);
  }
  return byClass.flat();
}
