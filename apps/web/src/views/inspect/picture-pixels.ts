/** Levels and surprises as colours. */
import type { PictureShape } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";
import { heatColour, pixelBits } from "@pixelcnn/pictures";
import type { Pixels } from "./paint-pixels.ts";

/** @param levels [H, W, C]; need not be whole numbers. */
export function levelPixels(
  levels: ArrayLike<number>,
  { width, height, channels, levels: K }: PictureShape,
): Pixels {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      rgb[i * 3 + c] = levelToByte(levels[i * channels + Math.min(c, channels - 1)]!, K);
    }
  }
  return { width, height, rgb };
}

/** @param hottest bits that get the brightest colour. */
export function surprisePixels(
  logProbabilities: Float32Array,
  { width, height, channels }: PictureShape,
  hottest: number,
): Pixels {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    rgb.set(heatColour(pixelBits(logProbabilities, i, channels) / hottest), i * 3);
  }
  return { width, height, rgb };
}
