/** Pictures that somebody decoded, as a data set: the way in for every picture format that core does not know. */
import { checkPalette, type Palette } from "../palette.ts";
import type { LevelArray } from "../picture.ts";
import { DataError } from "./data-error.ts";
import type { Dataset, Split } from "./dataset.ts";
import { storedSplit } from "./stored-split.ts";
import { withEveryNthForValidation } from "./subsets.ts";

/** Decoded pictures of one size. */
export interface Pictures {
  /** [N, H, W, C], levels 0 ... 255, or 0 ... 65,535 in 16 bits. */
  readonly pixels: LevelArray;
  /** [N], class labels from 0. */
  readonly labels: Uint8Array;
}

/** Decoded pictures, and how they are divided. */
export interface PicturesDatasetOptions {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Where pixels are names without an order: of how many things. Left out, they are amounts. */
  readonly names?: number;
  /** Where they are names of colours: which. */
  readonly palette?: Palette;
  /** One name per class, in the order of the labels; empty without classes. */
  readonly classNames: readonly string[];
  /** In an order that keeps a class together, so that evenly spaced pictures are of all classes. */
  readonly train: Pictures;
  /** Left out: every ninth of the training pictures that are not for testing. */
  readonly validation?: Pictures;
  /** Left out: every tenth of the training pictures. */
  readonly test?: Pictures;
}

/** Fewest pictures that can be divided into three parts, each of them with one at least. */
const FEWEST = 10;

/**
 * A data set of 256 levels, or 65,536, over the pictures, without copying them; or of as many levels as there are names.
 *
 * @throws {DataError} when the bytes are not whole pictures, a label or a pixel has no name, or there are too few to divide.
 * @throws {OptionError} for a palette that is none of so many names.
 */
export function picturesDataset(options: PicturesDatasetOptions): Dataset {
  const { name, height, width, channels, classNames, palette, names = palette?.length } = options;
  if (palette !== undefined) checkPalette(palette, { channels, levels: names! });
  const size = height * width * channels;
  const part = (pictures: Pictures, what: string) => {
    checkPictures(pictures, size, classNames.length, `${name}, ${what}`);
    if (names !== undefined) checkNames(pictures.pixels, names, `${name}, ${what}`);
    return storedSplit(pictures.pixels, size, pictures.labels);
  };
  const all = part(options.train, "training pictures");
  const isDivided = options.test === undefined || options.validation === undefined;
  if (isDivided && all.length < FEWEST) {
    throw new DataError(
      `${name}: expected at least ${FEWEST} pictures to set some aside, got ${all.length}; add some, or give all parts`,
    );
  }
  const held = options.test && part(options.test, "test pictures");
  const { train: rest, test } = held ? { train: all, test: held } : everyTenthForTest(all);
  const parts = options.validation
    ? { train: rest, validation: part(options.validation, "validation pictures") }
    : withEveryNthForValidation(rest, 9);
  return {
    name,
    height,
    width,
    channels,
    levels: names ?? (options.train.pixels instanceof Uint16Array ? 65_536 : 256),
    ...(names !== undefined && { unordered: true }),
    ...(palette && { palette }),
    classes: classNames.length,
    ...(classNames.length > 0 && { classNames }),
    ...parts,
    test,
  };
}

function checkNames(pixels: LevelArray, names: number, what: string): void {
  if (!Number.isInteger(names) || names < 2) {
    throw new DataError(`${what}: expected pixels that name at least 2 things, got ${names}; add others`);
  }
  const strange = pixels.findIndex((pixel) => pixel >= names);
  if (strange >= 0) {
    throw new DataError(
      `${what}: expected numbers from 0 to ${names - 1}, got ${pixels[strange]}; choose more levels, or mend it`,
    );
  }
}

function everyTenthForTest(all: Split): { train: Split; test: Split } {
  const { train, validation: test } = withEveryNthForValidation(all, 10);
  return { train, test };
}

function checkPictures({ pixels, labels }: Pictures, size: number, classes: number, what: string): void {
  if (pixels.length !== labels.length * size || labels.length === 0) {
    throw new DataError(
      `${what}: expected ${size} bytes per picture and at least one picture, got ${pixels.length} bytes for ${labels.length}; decode them again`,
    );
  }
  const wrong = labels.findIndex((label) => label >= Math.max(1, classes));
  if (wrong >= 0) {
    throw new DataError(
      `${what}: expected labels below ${Math.max(1, classes)}, got ${labels[wrong]} at picture ${wrong}; name every class`,
    );
  }
}
