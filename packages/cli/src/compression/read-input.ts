/** What `compress` is given: a picture, a folder of pictures, or an array of them, as they are. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  colourKey,
  colourText,
  type LevelArray,
  levelArray,
  levelsByColour,
  type Palette,
  type PaletteColour,
  type PictureShape,
} from "@pixelcnn/core";
import { parseNpy } from "@pixelcnn/core/data";
import type { ExactPicture } from "@pixelcnn/datasets/files";
import { CliError } from "../cli-error.ts";

/** Pictures of one size. */
export interface Input {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** [count, H, W, C] */
  readonly values: LevelArray;
  /** [count, H, W]; null where every pixel is opaque. */
  readonly alpha: LevelArray | null;
  /** Levels that are stored; null for an array, whose numbers are levels themselves. */
  readonly stored: 256 | 65_536 | null;
}

/** Most values of all pictures together, as a `.pxc` file has them. */
const MOST_VALUES = 2 ** 28;
const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

/**
 * @param path absolute.
 * @param picture of the model, by whose channels the sides of an array are told from each other, and whose colours pictures become numbers of.
 * @throws {CliError} when nothing is there that can be read, or pictures differ in size; {DatasetsError}, {DataError} for damaged files.
 */
export async function readInput(path: string, { channels, palette }: PictureShape): Promise<Input> {
  const there = await stat(path).catch(() => null);
  if (there === null) {
    throw new CliError(
      `expected a picture, a folder of pictures or a .npy file at ${path}, found none; name another`,
    );
  }
  if (there.isDirectory()) return readFolder(path, palette);
  if (/\.npy$/i.test(path)) return arrayOf(await readFile(path), path, channels);
  return together([await readOne(path, palette)]);
}

/** A picture as it is: its values or, for a model of a palette, numbers of its colours. */
async function readOne(path: string, palette: Palette | undefined): Promise<ExactPicture> {
  const { readColours, readPixels } = await import("@pixelcnn/datasets/files");
  if (palette === undefined) return readPixels(path, path);
  const { height, width, rgba } = await readColours(path, path);
  const levels = levelsByColour(palette);
  const values = Uint8Array.from({ length: height * width }, (_, i) => {
    const colour = Array.from(rgba.subarray(4 * i, 4 * i + 4)) as unknown as PaletteColour;
    const level = levels.get(colourKey(colour));
    if (level !== undefined) return level;
    throw new CliError(
      `${path}: expected the ${palette.length} colours of the model, got ${colourText(colour)}; choose another model`,
    );
  });
  return { height, width, channels: 1, values, alpha: null };
}

/** Its pictures in the order of their names, by code unit. */
async function readFolder(folder: string, palette: Palette | undefined): Promise<Input> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  const others = names.filter((name) => !PICTURE.test(name));
  if (names.length === 0 || others.length > 0) {
    throw new CliError(
      `${folder}: expected pictures and nothing else, got ${names.length === 0 ? "none" : basename(others[0]!)}; choose another folder, or take it away`,
    );
  }
  const pictures: ExactPicture[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const picture = await readOne(path, palette);
    const { height, width } = pictures[0] ?? picture;
    if (picture.height !== height || picture.width !== width) {
      throw new CliError(
        `${path}: expected ${width}×${height} pixels as ${names[0]} has, got ${picture.width}×${picture.height}; compress it alone`,
      );
    }
    pictures.push(picture);
    checkSize(names.length * picture.values.length, folder);
  }
  return together(pictures);
}

function checkSize(values: number, name: string): void {
  if (values <= MOST_VALUES) return;
  throw new CliError(
    `${name}: expected at most ${MOST_VALUES} values together, got ${values}; make several files`,
  );
}

/** Colour if one has any, 16 bits if one has, transparent if one is. */
function together(pictures: readonly ExactPicture[]): Input {
  const { height, width } = pictures[0]!;
  const count = pictures.length;
  const pixels = height * width;
  const channels = pictures.every((picture) => picture.channels === 1) ? 1 : 3;
  const deep = pictures.some(({ values }) => values instanceof Uint16Array);
  const stored = deep ? 65_536 : 256;
  const values = levelArray(stored, count * pixels * channels);
  const transparent = pictures.some(({ alpha }) => alpha !== null);
  const alpha = transparent ? levelArray(stored, count * pixels).fill(stored - 1) : null;
  pictures.forEach((picture, i) => {
    const scale = deep && picture.values instanceof Uint8Array ? 257 : 1;
    const repeat = channels / picture.channels;
    const at = i * pixels * channels;
    for (let j = 0; j < pixels * channels; j++) {
      values[at + j] = picture.values[Math.floor(j / repeat)]! * scale;
    }
    if (alpha === null || picture.alpha === null) return;
    for (let j = 0; j < pixels; j++) alpha[i * pixels + j] = picture.alpha[j]! * scale;
  });
  return { count, height, width, channels, values, alpha, stored };
}

function arrayOf(bytes: Uint8Array, path: string, channels: number): Input {
  const { shape, values } = parseNpy(bytes, path);
  // [H, W] or [N, H, W] of grey, and both with a last side of the channels.
  const isColour = channels === 3;
  const hasChannels = shape.at(-1) === channels && (isColour || shape.length === 4);
  const sides = hasChannels ? shape.slice(0, -1) : shape;
  const [width = 0, height = 0, count = 1] = [...sides].reverse();
  if ((isColour && !hasChannels) || sides.length < 2 || sides.length > 3 || values.length === 0) {
    throw new CliError(
      `${path}: expected an array [N, H, W${isColour ? ", 3" : ""}] of pictures, got [${shape}]; reshape it, or choose a model of ${isColour ? "grey" : "colour"}`,
    );
  }
  checkSize(values.length, path);
  return { count, height, width, channels: isColour ? 3 : 1, values, alpha: null, stored: null };
}
