/** Picture files as they are: one, a folder of them, or a folder of class folders. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { colourKey, colourText, levelArray, levelsByColour, type Palette } from "@pixelcnn/core";
import { readPictureFile } from "@pixelcnn/core/data";
import type { ExactPicture } from "@pixelcnn/datasets/files";
import { CliError } from "../cli-error.ts";
import { checkValues, type Input, WIDENED } from "./input.ts";

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

interface PictureFile {
  readonly path: string;
  readonly label: number;
}

/** @param palette of the model, whose colours the picture's become numbers of. */
export async function readPicture(path: string, palette: Palette | undefined): Promise<Input> {
  return together([await readOne(path, palette)], [path], null);
}

/**
 * The pictures of a folder in the order of their names, by code unit; of class folders, which data sets number in that order, one after the other.
 *
 * @param palette as above.
 * @param classes of the model, which class folders have to be as many as; 0 where nobody asks for labels.
 * @throws {CliError} when there is anything but pictures of one size; {DatasetsError} for damaged files.
 */
export async function readFolder(
  folder: string,
  palette: Palette | undefined,
  classes: number,
): Promise<Input> {
  const { files, hasClasses } = await filesOf(folder, classes);
  const pictures: ExactPicture[] = [];
  for (const { path } of files) {
    const picture = await readOne(path, palette);
    const { height, width } = pictures[0] ?? picture;
    if (picture.height !== height || picture.width !== width) {
      throw new CliError(
        `${path}: expected ${width}×${height} pixels as ${basename(files[0]!.path)} has, got ${picture.width}×${picture.height}; compress it alone`,
      );
    }
    pictures.push(picture);
    checkValues(files.length * picture.values.length, folder);
  }
  const labels = hasClasses && classes > 0 ? files.map(({ label }) => label) : null;
  return together(
    pictures,
    files.map(({ path }) => path),
    labels,
  );
}

/** Pictures, or class folders of pictures, and nothing else. */
async function filesOf(
  folder: string,
  classes: number,
): Promise<{ files: readonly PictureFile[]; hasClasses: boolean }> {
  const names = await namesIn(folder);
  const folders: string[] = [];
  for (const name of names) if ((await stat(join(folder, name))).isDirectory()) folders.push(name);
  if (folders.length === 0 || folders.length < names.length) {
    checkPictures(folder, names);
    return { files: names.map((name) => ({ path: join(folder, name), label: 0 })), hasClasses: false };
  }
  if (classes > 0 && folders.length !== classes) {
    throw new CliError(
      `${folder}: expected ${classes} folders, one for each class of the model, got ${folders.length}; add the others, empty if need be, or name --class`,
    );
  }
  const files: PictureFile[] = [];
  for (const [label, name] of folders.entries()) {
    const own = await namesIn(join(folder, name));
    if (own.length > 0) checkPictures(join(folder, name), own);
    for (const file of own) files.push({ path: join(folder, name, file), label });
  }
  if (files.length === 0) checkPictures(folder, []);
  return { files, hasClasses: true };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
}

function checkPictures(folder: string, names: readonly string[]): void {
  const other = names.find((name) => !PICTURE.test(name));
  if (names.length > 0 && other === undefined) return;
  throw new CliError(
    `${folder}: expected pictures and nothing else, got ${other ?? "none"}; choose another folder, or take it away`,
  );
}

/** A picture as it is: its values or, for a model of a palette, numbers of its colours. */
async function readOne(path: string, palette: Palette | undefined): Promise<ExactPicture> {
  const { anyFile, colourAt, readColours, readHeader, readPixels, readPlain } = await import(
    "@pixelcnn/datasets/files"
  );
  const bytes = await readPlain(path, anyFile);
  const { pages } = await readHeader(bytes, path);
  const frames = Math.max(pages, readPictureFile(bytes).frames);
  if (frames > 1) {
    throw new CliError(`${path}: expected one picture, got ${frames} pages; save each as a file of its own`);
  }
  if (palette === undefined) return readPixels(bytes, path);
  const coloured = await readColours(bytes, path);
  const { height, width } = coloured;
  const levels = levelsByColour(palette);
  const values = Uint8Array.from({ length: height * width }, (_, i) => {
    const colour = colourAt(coloured, i);
    const level = levels.get(colourKey(colour));
    if (level !== undefined) return level;
    throw new CliError(
      `${path}: expected the ${palette.length} colours of the model, got ${colourText(colour)}; choose another model`,
    );
  });
  return { height, width, channels: 1, values, alpha: null };
}

/** Colour if one has any, 16 bits if one has, transparent if one is. */
function together(
  pictures: readonly ExactPicture[],
  names: readonly string[],
  labels: readonly number[] | null,
): Input {
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
    const scale = deep && picture.values instanceof Uint8Array ? WIDENED : 1;
    const repeat = channels / picture.channels;
    const at = i * pixels * channels;
    for (let j = 0; j < pixels * channels; j++) {
      values[at + j] = picture.values[Math.floor(j / repeat)]! * scale;
    }
    if (alpha === null || picture.alpha === null) return;
    for (let j = 0; j < pixels; j++) alpha[i * pixels + j] = picture.alpha[j]! * scale;
  });
  return { count, height, width, channels, values, alpha, stored, labels, names };
}
