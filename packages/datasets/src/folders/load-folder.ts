/**
 * A directory of picture files as a data set: of amounts of light or, where every file is indexed, of colours by number. Subfolders are
 * classes. Where the directory holds `train` and `test` (and perhaps `validation`), those are the parts; else every tenth picture of every
 * class is for testing and every tenth for validation.
 *
 * Pictures stay as they are where all of them agree: in size, and in having no colour. Where one has 16 bits per value, all are read with
 * 16. What is done to them without having been asked for, and every file that is not used, is told in one line.
 */
import { existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Palette, PaletteColour } from "@pixelcnn/core";
import { type Dataset, type LevelArray, type Pictures, picturesDataset } from "@pixelcnn/core/data";
import type { OnDatasetEvent } from "../dataset-event.ts";
import type { DatasetOptions } from "../dataset-options.ts";
import { DatasetsError } from "../datasets-error.ts";
import { BACKGROUND, decodePicture, type PictureFormat } from "../files/decode-picture.ts";
import type { PictureSize } from "../picture-size.ts";
import { findPictures, kindsOf, PICTURE_KINDS } from "./picture-files.ts";
import { readSprites, type Sprites } from "./read-sprites.ts";
import { type SurveyedPicture, surveyPictures, withoutCopies } from "./survey-pictures.ts";

/** Pixels of a side where nobody says otherwise and the pictures do not agree. */
const SIDE = 32;
/** Longest side that is taken as it is: a step of the default network on more takes gibibytes, so somebody has to ask for it. */
const MOST_OWN_SIDE = 128;
/** Most bytes of all pictures together: they stay in memory. */
const MOST_BYTES = 4 * 2 ** 30;
/** Pictures decoded at the same time; each may take a few hundred megabytes while it is. */
const AT_ONCE = 2;

/** Test pictures come first: a picture of them is no other part's. */
const PARTS = ["test", "validation", "train"] as const;

/** @param folder absolute. */
export async function loadFolder(folder: string, options: DatasetOptions): Promise<Dataset> {
  const name = basename(folder);
  const divided = ["train", "test"].every((part) => isFolder(join(folder, part)));
  const train = await findPictures(divided ? join(folder, "train") : folder);
  const found = await Promise.all(
    PARTS.map(async (part) => {
      if (part === "train") return train;
      const partFolder = join(folder, part);
      return divided && isFolder(partFolder) ? findPictures(partFolder, train.classNames) : null;
    }),
  );
  const surveyed = [];
  for (const part of found) surveyed.push(await surveyPictures(part?.files ?? []));
  const { parts, copies } = withoutCopies(surveyed);
  const files = parts.flat();

  const { notes, pixels, ...picture } = (await asSprites(files, options)) ?? (await asLight(files, options));
  tell(name, options, [
    ...notes,
    ...(copies > 0 ? [`${copies} left out that are copies of others`] : []),
    ...leftAside([
      ...found.flatMap((part) => part?.passedOver ?? []),
      ...(divided ? await besideParts(folder) : []),
    ]),
  ]);
  const size = picture.height * picture.width * picture.channels;
  let at = 0;
  const [test, validation, training] = parts.map((part): Pictures => {
    const labels = Uint8Array.from(part, ({ label }) => label);
    const start = at;
    at += part.length;
    return { pixels: pixels.subarray(start * size, at * size), labels };
  });
  return picturesDataset({
    name,
    ...picture,
    classNames: train.classNames.length > 1 ? train.classNames : [],
    train: training!,
    ...(found[1] && { validation: validation! }),
    ...(found[0] && { test: test! }),
  });
}

/** What pictures became. */
interface Read extends PictureSize {
  readonly channels: 1 | 3;
  readonly palette?: Palette;
  /** [N, H, W, C] */
  readonly pixels: LevelArray;
  /** What was done that nobody asked for. */
  readonly notes: readonly string[];
}

/** Amounts of light, of one channel or three. */
async function asLight(files: readonly SurveyedPicture[], options: DatasetOptions): Promise<Read> {
  const format = formatFor(files, options);
  const pictures = await decodeAll(files, format, options.onEvent);
  const channels = options.grey === undefined && isGrey(pictures, format) ? 1 : format.channels;
  const pixels = channels === format.channels ? pictures : firstOfThree(pictures);
  const notes = changesOf(files, { ...format, channels }, options);
  return { height: format.height, width: format.width, channels, pixels, notes };
}

/** Numbers of colours; null where nobody asks for them and some file is not indexed, or large, or none has any colour. */
async function asSprites(files: readonly SurveyedPicture[], options: DatasetOptions): Promise<Read | null> {
  const { palette, size, grey, background, onEvent } = options;
  const side = size === undefined ? MOST_OWN_SIDE : Number.POSITIVE_INFINITY;
  const isSmall = files.every(({ width, height }) => Math.max(width, height) <= side);
  const isPlain = palette === undefined && (grey !== undefined || !files.every(({ indexed }) => indexed));
  if (palette === false || isPlain || (palette === undefined && !isSmall)) return null;
  if (grey === true) {
    throw new DatasetsError("expected --grey or --palette yes, got both; leave one of them out");
  }
  if (!isSmall) {
    throw new DatasetsError(
      `expected pictures of at most ${side} pixels a side for a palette, got larger ones; choose a --size that holds them`,
    );
  }
  checkBytes(
    files.reduce((sum, { width, height }) => sum + 4 * width * height, 0),
    files.length,
  );
  const sprites = await readSprites(files, {
    ...(size && { size }),
    ...(background !== undefined && { background }),
    ...(typeof palette === "object" && { palette }),
    ...(onEvent && { onEvent }),
  });
  if (palette === undefined && sprites.palette.every(isOpaqueGrey)) return null;
  const { padded, ...read } = sprites;
  return { ...read, channels: 1, notes: changesOfSprites(sprites, options) };
}

/** Greys have an order, and no palette is better than that. */
function isOpaqueGrey([red, green, blue, alpha]: PaletteColour): boolean {
  return red === green && green === blue && alpha === 255;
}

function changesOfSprites(
  { width, height, padded, palette: colours }: Sprites,
  { background, palette }: DatasetOptions,
): string[] {
  const notes = [];
  if (palette === undefined)
    notes.push(
      `indexed, so read as numbers of ${colours.length} colours (--palette no reads amounts of light)`,
    );
  if (padded > 0)
    notes.push(`${padded} padded to ${width}×${height} with what is ${background ?? "transparent"}`);
  return notes;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function formatFor(
  files: readonly SurveyedPicture[],
  { size, grey, background }: DatasetOptions,
): PictureFormat {
  const channels = (grey ?? files.every((file) => file.grey)) ? 1 : 3;
  const bits = files.some((file) => file.has16Bits) ? 16 : 8;
  return { ...(size ?? commonSize(files)), channels, bits, ...(background !== undefined && { background }) };
}

function commonSize(files: readonly SurveyedPicture[]): PictureSize {
  const { width, height } = files[0]!;
  const agree = files.every((file) => file.width === width && file.height === height);
  return agree && Math.max(width, height) <= MOST_OWN_SIDE
    ? { height, width }
    : { height: SIDE, width: SIDE };
}

/** Have pictures that are stored in colour none at all? */
function isGrey(pixels: LevelArray, { channels }: PictureFormat): boolean {
  if (channels === 1) return false;
  for (let i = 0; i < pixels.length; i += 3) {
    if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return false;
  }
  return true;
}

function firstOfThree(pixels: LevelArray): LevelArray {
  const first = roomFor(pixels.length / 3, pixels instanceof Uint16Array ? 16 : 8);
  for (let i = 0; i < first.length; i++) first[i] = pixels[3 * i]!;
  return first;
}

/** What was done to the pictures that nobody asked for. */
function changesOf(
  files: readonly SurveyedPicture[],
  { width, height, channels }: PictureFormat,
  { size, grey, background, forModel = false }: DatasetOptions,
): string[] {
  const resized = files.filter((file) => file.width !== width || file.height !== height).length;
  const transparent = files.filter((file) => file.transparent).length;
  const other = files.filter((file) => file.deep && !file.has16Bits).length;
  const of16 = files.filter((file) => file.has16Bits).length;
  const why = forModel ? "as the model takes them" : "--size chooses another size";
  const changes = [];
  if (resized > 0 && (size === undefined || forModel))
    changes.push(`${resized} scaled and cut to ${width}×${height} (${why})`);
  if (forModel && grey === true && channels === 1 && files.some((file) => !file.grey))
    changes.push("read as grey (as the model takes them)");
  if (transparent > 0 && background === undefined)
    changes.push(
      `${transparent} with an alpha channel put on ${BACKGROUND} (--background chooses another colour)`,
    );
  if (of16 > 0 && of16 < files.length) changes.push(`${files.length - of16} of 8 bits per value read as 16`);
  if (other > 0) changes.push(`${other} of neither 8 nor 16 bits per value read as 8`);
  return changes;
}

function leftAside(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const files = paths.length === 1 ? "1 file" : `${paths.length} files`;
  return [`${files} passed over that cannot be read as pictures (${kindsOf(paths)}; ${PICTURE_KINDS} can)`];
}

/** What lies beside train, validation and test. */
async function besideParts(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => !name.startsWith(".") && !PARTS.some((part) => part === name))
    .map((name) => join(folder, name));
}

function tell(name: string, { warn }: DatasetOptions, notes: readonly string[]): void {
  if (notes.length === 0) return;
  warn?.(`pictures of ${name}: ${notes.join("; ")}`);
}

function roomFor(values: number, bits: 8 | 16): LevelArray {
  return bits === 16 ? new Uint16Array(values) : new Uint8Array(values);
}

function checkBytes(bytes: number, count: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new DatasetsError(
    `expected pictures of at most ${MOST_BYTES} bytes together, got ${count} of ${bytes}; choose a smaller --size or fewer pictures`,
  );
}

/** [N, H, W, C] in the order of the files. */
async function decodeAll(
  files: readonly SurveyedPicture[],
  format: PictureFormat,
  onEvent: OnDatasetEvent = () => {},
): Promise<LevelArray> {
  const { height, width, channels, bits = 8 } = format;
  const size = height * width * channels;
  const bytes = (size * bits) / 8;
  checkBytes(files.length * bytes, files.length);
  const pixels = roomFor(files.length * size, bits);
  let next = 0;
  const worker = async () => {
    while (next < files.length) {
      const index = next++;
      const { path } = files[index]!;
      pixels.set(await decodePicture(path, path, format), index * size);
      onEvent({ type: "reading", pictures: index + 1, totalPictures: files.length });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    next = files.length;
    onEvent({ type: "ended" });
  }
  return pixels;
}
