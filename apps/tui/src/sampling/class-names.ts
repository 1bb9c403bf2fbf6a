/** What the classes of a data set are called, without reading it. */
import { cifarClassNames, spritesDataset } from "@pixelcnn/core/data";
import { knownSets } from "@pixelcnn/datasets/catalogue";

/** @returns null for sets whose classes are numbers, or whose names are known only to their files. */
export function classNamesOf(dataset: string): readonly string[] | null {
  if (dataset === "sprites") return spritesDataset().classNames ?? null;
  const known = Object.values(knownSets).find(({ name }) => name === dataset);
  if (known === undefined) return null;
  return known.format.kind === "cifar" ? cifarClassNames : (known.classNames ?? null);
}
