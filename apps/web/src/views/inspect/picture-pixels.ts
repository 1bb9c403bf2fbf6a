/** Levels and surprises as colours. */
import type { PictureShape } from "@pixelcnn/core";
import { inFrontOf, levelToByte } from "@pixelcnn/core/data";
import { heatColour, pixelBits } from "@pixelcnn/pictures";
import type { Pixels } from "./paint-pixels.ts";

/** Behind what is not opaque: light, for sprites are drawn in dark ink. */
const BEHIND = [222, 222, 222] as const;

/** @param levels [H, W, C]; need not be whole numbers, but for a palette. */
export function levelPixels(
  levels: ArrayLike<number>,
  { width, height, channels, levels: K, palette }: PictureShape,
): Pixels {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    if (palette) {
      rgb.set(inFrontOf(palette[levels[i]!]!, BEHIND).slice(0, 3), i * 3);
      continue;
    }
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
