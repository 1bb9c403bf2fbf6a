import type { ModelFile } from "@pixelcnn/core";
import type { Dataset } from "@pixelcnn/core/data";
import { loadDataset } from "../datasets/load-dataset.ts";

export interface DatasetChoice {
  /** The one that the model was trained on when left out. */
  readonly dataset?: string;
  readonly dataDir?: string;
  /** Keep standard error free of progress. */
  readonly quiet: boolean;
}

/** The data set that a model is measured on, at the model's size where the set has none of its own. */
export function datasetOfModel(
  { model, provenance }: ModelFile,
  { dataset = provenance.dataset, dataDir, quiet }: DatasetChoice,
): Promise<Dataset> {
  const { height, width, channels } = model.network.picture;
  const ownFolder = dataset.startsWith("folder:");
  return loadDataset(dataset, {
    ...(dataDir !== undefined && { dataDir }),
    ...((dataset.endsWith("glyphs") || ownFolder) && { size: { height, width } }),
    ...(ownFolder && { grey: channels === 1 }),
    quiet,
  });
}
