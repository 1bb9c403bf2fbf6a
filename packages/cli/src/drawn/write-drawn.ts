/** Drawn pictures as files. */
import { join } from "node:path";
import { dimensions, type LevelArray, levelArray, type PictureShape } from "@pixelcnn/core";
import { encodeNpy, storedValues } from "@pixelcnn/core/data";
import { drawDeepSheet, drawSheet, encodePng, type SheetOptions } from "@pixelcnn/pictures";
import { writeAtomic } from "@pixelcnn/runs";
import type { DrawnPlace } from "./place.ts";

/** Pictures, and what is known of them. */
export interface DrawnPictures {
  /** [count, H, W, C] levels. */
  readonly pixels: LevelArray;
  readonly count: number;
  /** A class a picture; null for a model without classes. */
  readonly labels: readonly number[] | null;
  readonly picture: PictureShape;
}

/** Writes anything but an animation, which is made while it is drawn. */
export async function writeDrawn(
  { kind, path }: DrawnPlace,
  drawn: DrawnPictures,
  options: SheetOptions,
): Promise<void> {
  if (kind === "npy") return writeAtomic(path, encodeNpy(arrayOf(drawn)));
  if (kind === "npz") {
    const { encodeNpz } = await import("./encode-npz.ts");
    const { labels, count } = drawn;
    const numbers = labels && { shape: [count], values: Uint16Array.from(labels) };
    return writeAtomic(path, encodeNpz({ pictures: arrayOf(drawn), ...(numbers && { labels: numbers }) }));
  }
  if (kind === "folder") return writeFolder(path, drawn);
  return writeAtomic(path, sheetPng(drawn, options));
}

export function sheetPng({ pixels, picture }: DrawnPictures, options: SheetOptions): Uint8Array {
  return encodePng(
    picture.levels > 256 ? drawDeepSheet(pixels, picture, options) : drawSheet(pixels, picture, options),
  );
}

/** A file a picture; of classes in a folder each, as `--dataset <folder>` reads them. */
async function writeFolder(folder: string, { pixels, count, labels, picture }: DrawnPictures): Promise<void> {
  const size = dimensions(picture);
  const digits = String(count).length;
  for (let i = 0; i < count; i++) {
    const name = `${String(i + 1).padStart(digits, "0")}.png`;
    const path = labels === null ? join(folder, name) : join(folder, String(labels[i]), name);
    await writeAtomic(path, picturePng(pixels.subarray(i * size, (i + 1) * size), picture));
  }
}

/** A pixel a pixel, in as few bits as hold its levels. */
function picturePng(levels: LevelArray, { width, height, channels, levels: count, palette }: PictureShape) {
  if (palette) return encodePng({ width, height, channels, data: Uint8Array.from(levels), palette });
  return encodePng({
    width,
    height,
    channels,
    data: storedValues(levels, count, count > 256 ? 65_536 : 256),
  });
}

function arrayOf({ pixels, count, picture }: DrawnPictures) {
  const { height, width, channels } = picture;
  return { shape: [count, height, width, ...(channels === 1 ? [] : [channels])], values: pixels };
}

/** The pictures that were finished, of those that were drawn. */
export function finishedOf(
  { pixels, finished }: { readonly pixels: LevelArray; readonly finished: readonly boolean[] },
  picture: PictureShape,
  labels: readonly number[] | null,
): DrawnPictures {
  const size = dimensions(picture);
  const done = finished.flatMap((isDone, i) => (isDone ? [i] : []));
  const all = levelArray(picture.levels, done.length * size);
  for (const [i, from] of done.entries()) all.set(pixels.subarray(from * size, (from + 1) * size), i * size);
  return { pixels: all, count: done.length, labels: labels && done.map((i) => labels[i]!), picture };
}
