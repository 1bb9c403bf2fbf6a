/** Numbers as heat: from black over purple and orange to pale yellow, ever brighter, so that it reads without colour too. */
import type { PictureShape } from "@pixelcnn/core";
import type { Playback, Raster } from "./raster.ts";

/** Colours at equal distances, each brighter than the one before. */
const STOPS = [
  [0, 0, 8],
  [74, 16, 110],
  [182, 48, 92],
  [242, 128, 36],
  [252, 255, 168],
] as const;

/** @param heat 0 ... 1; anything beyond is cut. @returns bytes red, green, blue. */
export function heatColour(heat: number): [number, number, number] {
  const at = Math.min(1, Math.max(0, heat)) * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(at));
  const share = at - low;
  const mix = (c: 0 | 1 | 2) => Math.round(STOPS[low]![c] * (1 - share) + STOPS[low + 1]![c] * share);
  return [mix(0), mix(1), mix(2)];
}

/**
 * A picture's surprise, the values of a pixel added up.
 *
 * @param logProbabilities [H, W, C] nats.
 * @param hottest bits of a pixel that get the brightest colour; more do not get brighter.
 */
export function heatRaster(
  logProbabilities: Float32Array,
  { width, height, channels }: PictureShape,
  hottest: number,
  playback: Playback = {},
): Raster {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    rgb.set(heatColour(pixelBits(logProbabilities, i, channels) / hottest), i * 3);
  }
  return { width, height, rgb, drawn: playback.drawn ?? width * height, mark: playback.mark ?? null };
}

/** Surprise of a pixel in bits: -log₂ of the probability of its values. */
export function pixelBits(logProbabilities: Float32Array, pixel: number, channels: number): number {
  let nats = 0;
  for (let c = 0; c < channels; c++) nats -= logProbabilities[pixel * channels + c]!;
  return nats / Math.LN2;
}
