/** Where `decompress` puts pictures: a PNG file, an array, a folder of PNG files, or standard output. */
import { mkdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type DecodedPxc, levelArray, type Palette, type PxcHeader } from "@pixelcnn/core";
import { encodeNpy, type NpyArray, storedValues } from "@pixelcnn/core/data";
import { encodePng } from "@pixelcnn/pictures";
import { writeAtomic } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { encodeNpz } from "../drawn/encode-npz.ts";
import { emptyFolder } from "../output/empty-folder.ts";
import { isThere } from "../output/is-there.ts";
import { isStandardOutput, outputFile } from "../output/output-file.ts";
import { shown } from "../output/shown.ts";
import { userPath } from "../user-path.ts";

export interface Place {
  readonly kind: "png" | "npy" | "npz" | "folder";
  /** `-` for standard output. */
  readonly path: string;
}

/**
 * Where pictures go, judged before they are decoded.
 *
 * @param out what the user named; by what was compressed when left out, and then where nothing lies yet.
 * @throws {CliError} for what cannot be written, or cannot hold them.
 */
export async function placeFor(out: string | undefined, file: string, header: PxcHeader): Promise<Place> {
  const { count, alphaBits } = header;
  const name = basename(file, extname(file));
  const own = ownKind(header);
  if (out !== undefined && isStandardOutput(out)) {
    if (own === "folder") {
      throw new CliError(
        `--out: expected a folder or a .npy file for ${count} pictures, got standard output; name one`,
      );
    }
    return { kind: own, path: out };
  }
  const wanted = out ?? (own === "folder" ? name : `${name}.${own}`);
  const extension = out === undefined && own === "folder" ? "" : extname(wanted).toLowerCase();
  if (out === undefined && own !== "folder" && (await isThere(wanted))) {
    throw new CliError(
      `expected no file at ${userPath(wanted)} yet, got one, which may be what was compressed; name --out`,
    );
  }
  if (extension === ".npy" || extension === ".npz") {
    if (alphaBits > 0) {
      throw new CliError(
        "--out: expected a PNG file or a folder, for an array has no alpha and these pictures have; name one",
      );
    }
    return {
      kind: extension === ".npy" ? "npy" : "npz",
      path: await outputFile("--out", wanted, extension),
    };
  }
  if (extension === ".png") {
    if (count > 1) {
      throw new CliError(
        `--out: expected a folder or a .npy file for ${count} pictures, got a PNG file; name one`,
      );
    }
    return { kind: "png", path: await outputFile("--out", wanted, ".png") };
  }
  if (extension !== "" && !/[/\\]$/.test(wanted) && !(await isThere(wanted))) {
    throw new CliError(
      `--out: expected a name that ends in .png, .npy or .npz, or a folder, got ${shown(wanted)}; choose such a name, or end a new folder's with /`,
    );
  }
  return { kind: "folder", path: await emptyFolder("--out", wanted, "1.png") };
}

/** What the pictures were. Labels may be those that `compress` chose for a bare array: the file does not say, and they are kept. */
function ownKind({ count, stored, hasLabels }: PxcHeader): Place["kind"] {
  if (stored === "levels") return hasLabels ? "npz" : "npy";
  return count === 1 ? "png" : "folder";
}

/** @param palette of the model: what an array's levels are numbers of, too. */
export async function writePictures(
  { kind, path }: Place,
  pictures: DecodedPxc,
  palette: Palette | undefined,
): Promise<void> {
  const { count } = pictures;
  const isNumbered = pictures.stored === "levels" && palette !== undefined;
  const picture = (index: number) => pngOf(isNumbered ? { ...pictures, palette } : pictures, index);
  if (kind === "folder") {
    await mkdir(path, { recursive: true });
    const digits = String(count).length;
    for (let i = 0; i < count; i++) {
      await writeAtomic(join(path, `${String(i + 1).padStart(digits, "0")}.png`), picture(i));
    }
    return;
  }
  const bytes = kind === "png" ? picture(0) : kind === "npy" ? encodeNpy(arrayOf(pictures)) : npzOf(pictures);
  if (isStandardOutput(path)) process.stdout.write(bytes);
  else await writeAtomic(path, bytes);
}

function arrayOf({ shape: { height, width, channels }, count, levels }: DecodedPxc): NpyArray {
  const sides = channels === 1 ? [count, height, width] : [count, height, width, channels];
  return { shape: sides, values: levels };
}

/** With the labels, where there are any. */
function npzOf(pictures: DecodedPxc): Uint8Array {
  const { labels, count } = pictures;
  const numbers = labels && { shape: [count], values: Uint16Array.from(labels) };
  return encodeNpz({ pictures: arrayOf(pictures), ...(numbers && { labels: numbers }) });
}

/** One of the pictures, of as many bits as it had; levels of an array are shown by the fewest that do. */
function pngOf({ shape, levels, alpha, stored, palette }: DecodedPxc, index: number): Uint8Array {
  const { height, width, channels } = shape;
  if (palette) {
    const data = Uint8Array.from(levels.subarray(index * height * width, (index + 1) * height * width));
    return encodePng({ width, height, channels, data, palette });
  }
  const bits = stored === "words" || (stored === "levels" && shape.levels > 256) ? 65_536 : 256;
  const size = height * width;
  const own = levels.subarray(index * size * channels, (index + 1) * size * channels);
  const values = storedValues(own, shape.levels, bits);
  if (alpha === null) return encodePng({ width, height, channels, data: values });
  const bands = channels + 1;
  const data = levelArray(bits, size * bands);
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < channels; c++) data[i * bands + c] = values[i * channels + c]!;
    data[i * bands + channels] = alpha[index * size + i]!;
  }
  return encodePng({ width, height, channels: bands, data });
}
