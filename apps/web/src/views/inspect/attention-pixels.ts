/** A picture in the dark, and on it in the colours of heat what was looked at. */
import { heatColour } from "@pixelcnn/pictures";
import type { Pixels } from "./paint-pixels.ts";

/** What is left of a picture that nobody looked at. */
const SHADE = 0.4;

/**
 * @param picture as it is shown elsewhere.
 * @param weights [H, W], of which the largest gets the brightest colour; a quarter of it, a shade half as strong.
 */
export function attentionPixels({ width, height, rgb }: Pixels, weights: Float32Array): Pixels {
  const most = weights.reduce((largest, weight) => Math.max(largest, weight), 0);
  const mixed = new Uint8ClampedArray(rgb.length);
  for (let i = 0; i < width * height; i++) {
    const share = most === 0 ? 0 : Math.sqrt(weights[i]! / most);
    const heat = heatColour(share);
    for (let c = 0; c < 3; c++) {
      mixed[i * 3 + c] = (1 - share) * SHADE * rgb[i * 3 + c]! + share * heat[c]!;
    }
  }
  return { width, height, rgb: mixed };
}

/** The position that weighs most, and its share; null where nothing was looked at. */
export function mostLookedAt(
  weights: Float32Array,
  width: number,
): { readonly row: number; readonly column: number; readonly share: number } | null {
  let most = 0;
  for (let i = 1; i < weights.length; i++) if (weights[i]! > weights[most]!) most = i;
  const share = weights[most] ?? 0;
  return share === 0 ? null : { row: Math.floor(most / width), column: most % width, share };
}
