/** What `compress` is given: a picture, a folder of pictures, or an array of them. */
import { stat } from "node:fs/promises";
import type { PictureShape } from "@pixelcnn/core";
import { CliError } from "../cli-error.ts";
import type { Input } from "./input.ts";
import { readArray } from "./read-array.ts";
import { readFolder, readPicture } from "./read-pictures.ts";

/**
 * @param path absolute.
 * @param picture of the model.
 * @param classes that labels are read of; 0 for a model without, or where they are known.
 * @throws {CliError} when nothing is there that can be read, or pictures differ in size; {DatasetsError}, {DataError} for damaged files.
 */
export async function readInput(
  path: string,
  { channels, palette }: PictureShape,
  classes: number,
): Promise<Input> {
  const there = await stat(path).catch(() => null);
  if (there === null) {
    throw new CliError(
      `expected a picture, a folder of pictures or a .npy or .npz file at ${path}, found none; name another`,
    );
  }
  if (there.isDirectory()) return readFolder(path, palette, classes);
  if (/\.np[yz]$/i.test(path)) return readArray(path, channels, classes);
  return readPicture(path, palette);
}
