import { isDeepStrictEqual } from "node:util";
import { isOrdered, type ModelFile, type PictureShape } from "@pixelcnn/core";
import { checkPreparation, DataError, type Dataset, type Preparation, pictureOf } from "@pixelcnn/core/data";
import { absoluteName, generatedSets, loadDataset, ownFolder, type PictureSize } from "@pixelcnn/datasets";
import { accessFor, placesFor } from "../dataset-access.ts";
import { datasetWithHome } from "../home.ts";

export interface DatasetChoice {
  /** The one that the model was trained on when left out. */
  readonly dataset?: string;
  readonly dataDir?: string;
  /** The model's when left out. */
  readonly size?: PictureSize;
  /** As the model has it when left out. */
  readonly grey?: boolean;
  /** What shows through transparent parts of a folder's pictures. */
  readonly background?: string;
  /** Keep standard error free of progress. */
  readonly quiet: boolean;
}

/**
 * The data set that a model is measured on or trained further with, prepared as the model takes it: at the model's size and in its
 * colours where the set has none of its own.
 *
 * @throws {DataError} when the set's size, channels, classes or levels are not what the model takes.
 */
export async function datasetOfModel(file: ModelFile, choice: DatasetChoice): Promise<Dataset> {
  const { model, preparation, provenance } = file;
  const { dataDir, size, grey, background, quiet } = choice;
  const [name, own] = [choice.dataset ?? provenance.dataset, provenance.dataset].map((one) =>
    datasetWithHome(one),
  ) as [string, string];
  const { height, width, channels, levels, palette } = model.network.picture;
  const places = placesFor(dataDir);
  const isFolder = ownFolder(name, places.base)?.kind === "folder";
  const generated = Object.hasOwn(generatedSets, name) ? generatedSets[name] : undefined;
  const hasNoSize = isFolder || generated?.anySize === true;
  const dataset = await loadDataset(name, places, {
    ...(size !== undefined ? { size } : hasNoSize && { size: { height, width } }),
    ...(grey !== undefined ? { grey } : isFolder && !palette && { grey: channels === 1 }),
    ...(isFolder && { palette: palette ?? false }),
    levels,
    ...(background !== undefined && { background }),
    // What was done to the set that it was trained on was told then.
    forModel: absoluteName(name, places.base) !== absoluteName(own, places.base),
    ...accessFor(quiet),
  });
  checkKind(model.network.picture, dataset);
  const { checkDataset } = await import("@pixelcnn/core/training");
  checkDataset(model.network, dataset);
  checkLevels(preparation, dataset);
  return dataset;
}

function checkKind(asked: PictureShape, dataset: Dataset): void {
  const came = pictureOf(dataset, dataset.levels);
  if (isDeepStrictEqual(asked.palette, came.palette) && isOrdered(asked) === isOrdered(came)) return;
  const isOtherPalette = asked.palette && came.palette ? ", not the same" : "";
  throw new DataError(
    `the model takes ${kindOf(asked)}, but ${dataset.name} has ${kindOf(came)}${isOtherPalette}; choose another set, or another model`,
  );
}

function kindOf({ palette, unordered }: PictureShape): string {
  if (palette) return `numbers of ${palette.length} colours`;
  return unordered ? "codes, which have no order" : "amounts of light";
}

function checkLevels(preparation: Preparation, dataset: Dataset): void {
  if (preparation.binarise === "fixed" && dataset.levels !== 2) {
    throw new DataError(
      `the model takes pictures that are binary as stored, but ${dataset.name} has ${dataset.levels} levels; choose a binary set, or another model`,
    );
  }
  checkPreparation(preparation, dataset);
}

/** How the levels of a set's pictures are really made: those that are binary as stored stay so, whatever the model knew. */
export function preparedAs({ binarise }: Preparation, dataset: Dataset): Preparation["binarise"] {
  return binarise !== null && dataset.levels === 2 ? "fixed" : binarise;
}
