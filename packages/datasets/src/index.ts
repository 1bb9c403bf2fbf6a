/**
 * Data sets by name, fetched where they are not there, read into memory.
 *
 * @module @pixelcnn/datasets
 */

export { datasetNames } from "./catalogue/dataset-names.ts";
export { generatedSets } from "./catalogue/generated-sets.ts";
export {
  type KnownSet,
  knownSet,
  knownSets,
  type PublishedFile,
  type SetFormat,
} from "./catalogue/known-sets.ts";
export type { DatasetEvent, OnDatasetEvent } from "./dataset-event.ts";
export type { DatasetOptions } from "./dataset-options.ts";
export { DatasetsError, UnknownDatasetError } from "./datasets-error.ts";
export { type FetchOptions, fetchSet } from "./fetch/fetch-set.ts";
export { absoluteName, fullName, ownFolder, plainName } from "./folders/own-folder.ts";
export { type ListedSet, listDatasets } from "./list-datasets.ts";
export { loadDataset } from "./load-dataset.ts";
export { type PickedRow, pickByClass } from "./pick-by-class.ts";
export { type PictureSize, parseSize } from "./picture-size.ts";
export { type DataPlaces, dataPlaces } from "./places/data-places.ts";
