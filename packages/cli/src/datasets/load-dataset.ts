/** Data sets by name: generated ones, known ones, and folders of the user's own. */
import type { Dataset } from "@pixelcnn/core/data";
import { CliError } from "../cli-error.ts";
import { shown } from "../output/shown.ts";
import { type KnownSet, knownSet } from "./catalogue.ts";
import { datasetNames } from "./dataset-names.ts";
import type { PictureSize } from "./dataset-size.ts";
import { generatedSets } from "./generated-sets.ts";
import { loadBinarizedMnist } from "./load-binarized-mnist.ts";
import { loadCifar } from "./load-cifar.ts";
import { loadFolder } from "./load-folder.ts";
import { loadIdxFolder, loadKnownIdx } from "./load-idx.ts";
import { ownFolder } from "./own-folder.ts";

export interface DatasetOptions {
  /** Folder that holds the sets' folders, or one of them itself. */
  readonly dataDir?: string;
  /** Pictures of a set that has no size of its own: glyphs and folders of images. */
  readonly size?: PictureSize;
  /** Read a folder of images as grey, or in colour; left out, as the images are. */
  readonly grey?: boolean;
  /** What shows through transparent parts of a folder's images: a name or #rrggbb. */
  readonly background?: string;
  /** Size and colour are what a model takes, and nobody's choice: what they do to a folder's images is told. */
  readonly forModel?: boolean;
  /** Keep standard error free of progress. */
  readonly quiet?: boolean;
  /** Takes one line about something that is odd but no error; standard error when left out. */
  readonly warn?: (line: string) => void;
}

/** Where nobody says otherwise. */
const GLYPH_SIZE = { height: 16, width: 16 };

/**
 * Reads a data set into memory, a byte a value; known sets that are nowhere are downloaded first.
 *
 * @throws {CliError} for an unknown name, missing files or a failed download, {DataError} for damaged files.
 */
export async function loadDataset(name: string, options: DatasetOptions = {}): Promise<Dataset> {
  const { size = GLYPH_SIZE } = options;
  const own = ownFolder(name);
  const generated = Object.hasOwn(generatedSets, name) ? generatedSets[name] : undefined;
  checkOptions(name, own?.kind === "folder", generated !== undefined, options);
  if (own?.kind === "folder") return loadFolder(own.path, options);
  if (own?.kind === "idx") return loadIdxFolder(own.path);
  if (generated !== undefined) return generated.create(size);
  const known = knownSet(name);
  if (known !== undefined) return loadKnown(known, options);
  if (/[/\\]/.test(name)) {
    throw new CliError(
      `expected a data set, got ${shown(name)}, where no folder is; name a folder of images`,
    );
  }
  throw new CliError(`expected a data set that is one of ${datasetNames.join(", ")}, got "${name}"`);
}

function loadKnown(set: KnownSet, options: DatasetOptions): Promise<Dataset> {
  const { format } = set;
  switch (format.kind) {
    case "idx":
      return loadKnownIdx(set, format.longestBytes, options);
    case "amat":
      return loadBinarizedMnist(set, options);
    case "cifar":
      return loadCifar(set, options);
    default:
      return format satisfies never;
  }
}

function checkOptions(
  name: string,
  isFolder: boolean,
  isGenerated: boolean,
  { size, grey, background }: DatasetOptions,
): void {
  if (size !== undefined && !isFolder && !isGenerated) {
    throw new CliError(
      `expected --size with glyphs and folder:<dir> only, got it with ${name}; leave it out`,
    );
  }
  if (grey === true && !isFolder) {
    throw new CliError(`expected --grey with folder:<dir> only, got it with ${name}; leave it out`);
  }
  if (background !== undefined && !isFolder) {
    throw new CliError(`expected --background with folder:<dir> only, got it with ${name}; leave it out`);
  }
}
