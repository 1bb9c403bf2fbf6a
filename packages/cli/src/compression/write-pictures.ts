/** Where `decompress` puts pictures: a PNG file, an array, or a folder of PNG files. */
import { mkdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { type DecodedPxc, levelArray, type PxcHeader } from "@pixelcnn/core";
import { encodeNpy, storedValues } from "@pixelcnn/core/data";
import { encodePng } from "@pixelcnn/pictures";
import { writeAtomic } from "@pixelcnn/runs";
import { CliError } from "../cli-error.ts";
import { emptyFolder } from "../output/empty-folder.ts";
import { outputFile } from "../output/output-file.ts";

export interface Place {
  readonly kind: "png" | "npy" | "folder";
  readonly path: string;
}

/**
 * Where pictures go, judged before they are decoded.
 *
 * @param out what the user named; by what was compressed when left out.
 * @throws {CliError} for what cannot be written, or cannot hold them.
 */
export async function placeFor(out: string | undefined, file: string, header: PxcHeader): Promise<Place> {
  const { count, stored, alphaBits } = header;
  const name = basename(file, extname(file));
  const wanted = out ?? (stored === "levels" ? `${name}.npy` : count === 1 ? `${name}.png` : name);
  const extension = extname(wanted).toLowerCase();
  if (extension === ".npy") {
    if (alphaBits > 0) {
      throw new CliError(
        "--out: expected a PNG file or a folder, for an array has no alpha and these pictures have; name one",
      );
    }
    return { kind: "npy", path: await outputFile("--out", wanted, ".npy") };
  }
  if (extension === ".png") {
    if (count > 1) {
      throw new CliError(
        `--out: expected a folder or a .npy file for ${count} pictures, got a PNG file; name one`,
      );
    }
    return { kind: "png", path: await outputFile("--out", wanted, ".png") };
  }
  return { kind: "folder", path: await emptyFolder(wanted) };
}

export async function writePictures({ kind, path }: Place, pictures: DecodedPxc): Promise<void> {
  const { shape, count, levels } = pictures;
  const { height, width, channels } = shape;
  if (kind === "npy") {
    const sides = channels === 1 ? [count, height, width] : [count, height, width, channels];
    return writeAtomic(path, encodeNpy({ shape: sides, values: levels }));
  }
  if (kind === "png") return writeAtomic(path, pngOf(pictures, 0));
  await mkdir(path, { recursive: true });
  const digits = String(count).length;
  for (let i = 0; i < count; i++) {
    await writeAtomic(join(path, `${String(i + 1).padStart(digits, "0")}.png`), pngOf(pictures, i));
  }
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
