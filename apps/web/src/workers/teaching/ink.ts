/** A picture that was dropped, as ink on an empty ground: somewhat finer than what is learnt of it, so that it bears being moved and turned. */
import type { PictureShape } from "@pixelcnn/core";
import { STILL, type Variation } from "./variation.ts";

/** Places of a side: twice those of a picture that is learnt. */
export const INK_SIDE = 32;

/** How much ink lies on each place, 0 … 255, [{@link INK_SIDE}, {@link INK_SIDE}]. */
export type Ink = Uint8Array<ArrayBuffer>;

/** Levels of one picture, [H, W], written into `target`: the mean ink of the places under each pixel, after the variation about the middle. */
export function resample(
  target: Uint8Array,
  ink: Ink,
  { height, width, levels }: PictureShape,
  { turn, scale, across, down }: Variation = STILL,
): void {
  const [cos, sin] = [Math.cos(turn) / scale, Math.sin(turn) / scale];
  const [rows, columns] = [INK_SIDE / height, INK_SIDE / width];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let v = 0; v < rows; v++) {
        for (let u = 0; u < columns; u++) {
          const right = (x + (u + 0.5) / columns) / width - 0.5 - across;
          const below = (y + (v + 0.5) / rows) / height - 0.5 - down;
          sum += inkAt(ink, right * cos + below * sin + 0.5, below * cos - right * sin + 0.5);
        }
      }
      target[y * width + x] = Math.round(((sum / (rows * columns)) * (levels - 1)) / 255);
    }
  }
}

/** @param x share of the width. @param y share of the height. */
function inkAt(ink: Ink, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= 1 || y >= 1) return 0;
  return ink[Math.floor(y * INK_SIDE) * INK_SIDE + Math.floor(x * INK_SIDE)]!;
}
