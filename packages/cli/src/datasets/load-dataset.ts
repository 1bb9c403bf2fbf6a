/** Data sets by name. */
import {
  amatDataset,
  type Dataset,
  glyphsDataset,
  idxDataset,
  parseAmat,
  parseIdxImages,
  parseIdxLabels,
} from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import { findFolder } from "./find-folder.ts";
import { readPlain } from "./read-file.ts";

export interface DatasetOptions {
  readonly dataDir?: string;
  /** Height and width of glyphs; 16 by default. */
  readonly size?: number;
}

/** Height and width of glyphs where nobody says otherwise. */
const GLYPH_SIZE = 16;

const loaders: Record<string, (options: DatasetOptions) => Dataset | Promise<Dataset>> = {
  glyphs: ({ size = GLYPH_SIZE }) => glyphsDataset({ height: size, width: size, channels: 1 }),
  "colour-glyphs": ({ size = GLYPH_SIZE }) => glyphsDataset({ height: size, width: size, channels: 3 }),
  mnist: ({ dataDir }) => loadIdx("mnist", dataDir),
  "binarized-mnist": ({ dataDir }) => loadBinarizedMnist(dataDir),
};

/** @throws {CliError} for an unknown name or missing files, {DataError} for damaged ones. */
export async function loadDataset(name: string, options: DatasetOptions = {}): Promise<Dataset> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load === undefined) {
    throw new CliError(
      `expected a data set that is one of ${Object.keys(loaders).join(", ")}, got "${name}"`,
    );
  }
  if (options.size !== undefined && !name.endsWith("glyphs")) {
    throw new CliError(`expected --size with glyphs only, got it with ${name}; leave it out`);
  }
  return load(options);
}

async function loadIdx(folder: string, dataDir: string | undefined): Promise<Dataset> {
  const names = {
    trainImages: "train-images-idx3-ubyte",
    trainLabels: "train-labels-idx1-ubyte",
    testImages: "t10k-images-idx3-ubyte",
    testLabels: "t10k-labels-idx1-ubyte",
  };
  const place = findFolder(folder, Object.values(names), dataDir);
  const images = async (file: string) => parseIdxImages(await readPlain(place, file), file);
  const labels = async (file: string) => parseIdxLabels(await readPlain(place, file), file);
  return idxDataset({
    name: folder,
    trainImages: await images(names.trainImages),
    trainLabels: await labels(names.trainLabels),
    testImages: await images(names.testImages),
    testLabels: await labels(names.testLabels),
  });
}

async function loadBinarizedMnist(dataDir: string | undefined): Promise<Dataset> {
  const file = (split: string) => `binarized_mnist_${split}.amat`;
  const place = findFolder("binarized_mnist", ["train", "valid", "test"].map(file), dataDir);
  const read = async (split: string) =>
    parseAmat(await readPlain(place, file(split)), file(split), { height: 28, width: 28 });
  return amatDataset({
    name: "binarized-mnist",
    train: await read("train"),
    validation: await read("valid"),
    test: await read("test"),
  });
}
