/** Real pictures beside which a model's are shown: the first of the test part, never the best. */
import type { ModelFile } from "@pixelcnn/core";
import { type Dataset, readBatch } from "@pixelcnn/core/data";
import { drawSheet, encodePng } from "@pixelcnn/pictures";

/** Of sets without classes, or of each class. */
const PICTURES = 24;
const PER_CLASS = 6;
const COLUMNS = 12;

/** The sheet as a file, and how many pictures are on it. */
export function realSheet(
  { model, preparation }: ModelFile,
  dataset: Dataset,
  scale: number,
): { readonly png: Uint8Array; readonly count: number } {
  const { picture, classes } = model.network;
  const indices = firstOf(dataset, classes);
  const { levels } = readBatch(dataset, dataset.test, indices, preparation, { seed: 0, time: 0 });
  const columns = classes === 0 ? COLUMNS : PER_CLASS;
  return { png: encodePng(drawSheet(levels, picture, { columns, scale })), count: indices.length };
}

/** Places in the test part: class by class where the model has classes. */
function firstOf({ test, width, height, channels, levels }: Dataset, classes: number): number[] {
  if (classes === 0) return Array.from({ length: Math.min(PICTURES, test.length) }, (_, i) => i);
  const picture =
    levels > 256 ? new Uint16Array(height * width * channels) : new Uint8Array(height * width * channels);
  const byClass = Array.from({ length: classes }, () => [] as number[]);
  for (let index = 0; index < test.length; index++) {
    const found = byClass[test.read(index, picture, 0)]!;
    if (found.length < PER_CLASS) found.push(index);
  }
  return byClass.flat();
}
