/** How large a sheet may be: it lies in memory whole, and once more while it is packed. */
import type { PictureShape } from "@pixelcnn/core";
import { type SheetOptions, sheetSize } from "@pixelcnn/pictures";
import { DrawingError } from "./drawing-error.ts";

const MEBIBYTE = 2 ** 20;
const MOST_BYTES = 512 * MEBIBYTE;
/** All frames of an animation together. */
const MOST_ANIMATION_BYTES = 1024 * MEBIBYTE;
/** GIF has two bytes for a side. */
const MOST_GIF_SIDE = 65_535;

/**
 * Refuses a sheet that would not fit.
 *
 * @param fewer what can be chosen smaller, for the message.
 * @throws {DrawingError} when the pictures, or the sheet of them, are too large to be made.
 */
export function checkSheet(
  picture: PictureShape,
  count: number,
  options: SheetOptions,
  fewer = "--count or --scale",
): void {
  const { width, height } = sheetSize(picture, count, options);
  const bytes = width * height * picture.channels * (picture.levels > 256 ? 2 : 1);
  if (bytes <= MOST_BYTES) return;
  throw new DrawingError(
    `expected a sheet of at most ${MOST_BYTES / MEBIBYTE} MiB, got ${Math.ceil(bytes / MEBIBYTE)} for ${count} pictures at scale ${options.scale} (${width}×${height} pixels); choose a smaller ${fewer}`,
  );
}

/** Refuses an animation that would not fit. @throws {DrawingError} when one of so many frames is too large to be made. */
export function checkAnimation(
  picture: PictureShape,
  count: number,
  options: SheetOptions,
  frames: number,
): void {
  const { width, height } = sheetSize(picture, count, options);
  const bytes = width * height * picture.channels * frames;
  if (Math.max(width, height) <= MOST_GIF_SIDE && bytes <= MOST_ANIMATION_BYTES) return;
  throw new DrawingError(
    `--animate: expected at most ${MOST_GIF_SIDE} pixels a side and ${MOST_ANIMATION_BYTES / MEBIBYTE} MiB, got ${frames} frames of ${width}×${height} (${Math.ceil(bytes / MEBIBYTE)} MiB); choose a smaller --count or --scale`,
  );
}
