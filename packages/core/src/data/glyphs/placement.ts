/** Where the digit lies in the picture: large, whole, and not always in the middle. */
import type { GlyphNoise } from "./glyph-noise.ts";
import type { PenPoint } from "./pen-path.ts";

/** Width of the pen as a share of the shorter side. */
const PEN = [0.07, 0.125] as const;
/** Pixels; thinner lines break up when pixels become black or white. */
const THINNEST = 1.2;
/** Ink fades out over half a pixel beyond the pen; it never reaches past the picture. */
const FADE = 0.5;

/**
 * Scales and moves strokes into a picture, so that all ink lies inside.
 *
 * Wide or tall pictures stretch the digit by at most the square root of their proportions, so it fills more of them and
 * still looks like itself.
 *
 * @param strokes from writeDigit; their widths are relative to the pen's.
 * @param height of the picture in pixels.
 * @param width of the picture in pixels.
 * @returns the strokes in pixels; the width of a point is the radius of the pen there.
 */
export function placeInPicture(
  strokes: readonly (readonly PenPoint[])[],
  height: number,
  width: number,
  noise: GlyphNoise,
): PenPoint[][] {
  const pen = noise.between(...PEN) * Math.min(height, width);
  const radiusOf = (point: PenPoint) => 0.5 * Math.max(THINNEST, pen * point.width);
  const fill = noise.between(0.8, 0.98);
  const stretch = Math.sqrt(width / height);
  const stretchX = Math.min(Math.max(stretch, 1), 1.6);
  const stretchY = Math.min(Math.max(1 / stretch, 1), 1.6);

  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  let radius = 0;
  for (const stroke of strokes) {
    for (const point of stroke) {
      left = Math.min(left, point.x * stretchX);
      right = Math.max(right, point.x * stretchX);
      top = Math.min(top, point.y * stretchY);
      bottom = Math.max(bottom, point.y * stretchY);
      radius = Math.max(radius, radiusOf(point));
    }
  }
  const border = radius + FADE;
  const roomX = Math.max(0, width - 2 * border);
  const roomY = Math.max(0, height - 2 * border);
  const scale = fill * Math.min(roomX / (right - left), roomY / (bottom - top));
  const slackX = roomX - scale * (right - left);
  const slackY = roomY - scale * (bottom - top);
  const moveX = border + 0.5 * slackX + noise.around(0, strayFrom(slackX, width)) - scale * left;
  const moveY = border + 0.5 * slackY + noise.around(0, strayFrom(slackY, height)) - scale * top;
  return strokes.map((stroke) =>
    stroke.map((point) => ({
      x: moveX + scale * stretchX * point.x,
      y: moveY + scale * stretchY * point.y,
      width: radiusOf(point),
    })),
  );
}

/** How far from the middle a digit may lie: within its slack, and never far. */
function strayFrom(slack: number, side: number): number {
  return Math.min(0.45 * slack, 0.12 * side);
}
