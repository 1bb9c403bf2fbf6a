/** What the classes of a data set are called, without reading it. */
import { cifarClassNames } from "@pixelcnn/core/data";
import { generatedSets, knownSets } from "@pixelcnn/datasets";

/** Generated sets have their names at every size. */
const ANY_SIZE = { width: 16, height: 16 } as const;

/** @returns null for sets whose classes are numbers, or whose names are known only to their files. */
export function classNamesOf(dataset: string): readonly string[] | null {
  if (Object.hasOwn(generatedSets, dataset))
    return generatedSets[dataset]!.create(ANY_SIZE).classNames ?? null;
  const known = Object.values(knownSets).find(({ name }) => name === dataset);
  if (known === undefined) return null;
  return known.format.kind === "cifar" ? cifarClassNames : (known.classNames ?? null);
}
