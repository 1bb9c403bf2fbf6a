/** Data sets by name: generated ones, known ones, and folders of the user's own. What reads them is loaded with the first of its kind. */
import { resolve } from "node:path";
import { excerpt } from "@pixelcnn/core";
import type { Dataset } from "@pixelcnn/core/data";
import { datasetNames } from "./catalogue/dataset-names.ts";
import { generatedSets } from "./catalogue/generated-sets.ts";
import { type KnownSet, knownSet } from "./catalogue/known-sets.ts";
import type { DatasetOptions } from "./dataset-options.ts";
import { DatasetsError, UnknownDatasetError } from "./datasets-error.ts";
import { findOrFetch } from "./fetch/fetch-set.ts";
import { ownFolder } from "./folders/own-folder.ts";
import type { DataPlaces } from "./places/data-places.ts";

/** Where nobody says otherwise. */
const GLYPH_SIZE = { height: 16, width: 16 };

/**
 * Reads a data set into memory, a byte a value, or two; known sets that are nowhere are downloaded first.
 *
 * @param name one of {@link datasetNames}, or the path of a folder of pictures.
 * @throws {DatasetsError} for an unknown name, missing files or a failed download, {DataError} for damaged files.
 */
export async function loadDataset(
  name: string,
  places: DataPlaces,
  options: DatasetOptions = {},
): Promise<Dataset> {
  const { size = GLYPH_SIZE } = options;
  const own = ownFolder(name, places.base);
  const generated = Object.hasOwn(generatedSets, name) ? generatedSets[name] : undefined;
  checkOptions(name, own?.kind === "folder", generated?.anySize === true, options);
  if (own?.kind === "folder")
    return (await import("./folders/load-folder.ts")).loadFolder(resolve(places.base, own.path), options);
  if (own?.kind === "idx")
    return (await import("./sets/load-idx.ts")).loadIdxFolder(resolve(places.base, own.path));
  if (own?.kind === "npy")
    return (await import("./sets/load-npy.ts")).loadNpy(resolve(places.base, own.path));
  if (own?.kind === "codes")
    return (await import("./sets/load-codes.ts")).loadCodes(resolve(places.base, own.path), options.levels);
  if (generated !== undefined) return generated.create(size);
  const known = knownSet(name);
  if (known !== undefined) return loadKnown(known, places.folders, options);
  if (/[/\\]/.test(name)) {
    throw new DatasetsError(
      `expected a data set, got "${excerpt(name)}", where no folder is; name a folder of pictures`,
    );
  }
  throw new UnknownDatasetError(name, datasetNames);
}

async function loadKnown(
  set: KnownSet,
  places: readonly string[],
  options: DatasetOptions,
): Promise<Dataset> {
  const { format } = set;
  const folder = await findOrFetch(set, places, options);
  switch (format.kind) {
    case "idx":
      return (await import("./sets/load-idx.ts")).loadKnownIdx(set, folder, format.longestBytes);
    case "amat":
      return (await import("./sets/load-binarized-mnist.ts")).loadBinarizedMnist(set, folder);
    case "cifar":
      return (await import("./sets/load-cifar.ts")).loadCifar(folder, options);
    default:
      return format satisfies never;
  }
}

function checkOptions(
  name: string,
  isFolder: boolean,
  isOfAnySize: boolean,
  { size, grey, background, palette }: DatasetOptions,
): void {
  if (size !== undefined && !isFolder && !isOfAnySize) {
    throw new DatasetsError(
      `expected --size with glyphs and folder:<dir> only, got it with ${name}; leave it out`,
    );
  }
  if (palette !== undefined && palette !== false && !isFolder) {
    throw new DatasetsError(`expected --palette with folder:<dir> only, got it with ${name}; leave it out`);
  }
  if (grey === true && !isFolder) {
    throw new DatasetsError(`expected --grey with folder:<dir> only, got it with ${name}; leave it out`);
  }
  if (background !== undefined && !isFolder) {
    throw new DatasetsError(
      `expected --background with folder:<dir> only, got it with ${name}; leave it out`,
    );
  }
}
