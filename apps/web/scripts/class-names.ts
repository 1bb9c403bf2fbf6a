/** What the classes of a model's data set are called. */
import { spritesDataset } from "@pixelcnn/core/data";
import { knownSet } from "@pixelcnn/datasets/catalogue";

/** Names in the order of the labels; null where nobody has named them, or where they are the digits themselves. */
export function classNamesOf(dataset: string): readonly string[] | null {
  const names = dataset === "sprites" ? spritesDataset().classNames : knownSet(dataset)?.classNames;
  return names ?? null;
}
