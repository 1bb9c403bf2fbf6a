import { type Dataset, type Preparation, pictureOf } from "@pixelcnn/core/data";
import { levelsText } from "../output/levels-text.ts";

/** What a training sees, in a few words: "28×28, 16 levels". */
export function describeData(dataset: Dataset, { levels, binarise }: Preparation): string {
  const { height, width, channels } = dataset;
  const kind =
    binarise === null || dataset.unordered
      ? levelsText(pictureOf(dataset, levels))
      : `${binarise} binarisation`;
  return `${height}×${width}${channels === 3 ? " RGB" : ""}, ${kind}`;
}
