/**
 * Ink on paper: how much of each pixel a pen of round tip covers.
 *
 *     coverage = clamp(r - d + 1/2, 0, 1)        d: distance of the pixel's centre to the path, r: radius of the pen
 *
 * One pixel of fading at the edge, which is what exact area coverage of a straight edge gives, nearly.
 */
import type { PenPoint } from "./pen-path.ts";

/**
 * Adds the ink of strokes to `coverage`, where more ink wins.
 *
 * @param coverage [height, width], 0 ... 1.
 * @param strokes in pixels; a point's `width` is the pen's radius there.
 */
export function addInk(
  coverage: Float32Array,
  height: number,
  width: number,
  strokes: readonly (readonly PenPoint[])[],
): void {
  for (const stroke of strokes) {
    for (let i = 0; i + 1 < stroke.length; i++)
      addSegment(coverage, height, width, stroke[i]!, stroke[i + 1]!);
  }
}

function addSegment(coverage: Float32Array, height: number, width: number, a: PenPoint, b: PenPoint): void {
  const reach = Math.max(a.width, b.width) + 0.5;
  // Pixel (y, x) has its centre at (y + 1/2, x + 1/2).
  const x0 = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach));
  const x1 = Math.min(width - 1, Math.floor(Math.max(a.x, b.x) + reach));
  const y0 = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach));
  const y1 = Math.min(height - 1, Math.floor(Math.max(a.y, b.y) + reach));
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const inverseSquare = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  for (let y = y0; y <= y1; y++) {
    const py = y + 0.5 - a.y;
    for (let x = x0; x <= x1; x++) {
      const px = x + 0.5 - a.x;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverseSquare));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const radius = a.width + along * (b.width - a.width);
      const ink = Math.min(1, radius - Math.sqrt(ex * ex + ey * ey) + 0.5);
      if (ink > coverage[y * width + x]!) coverage[y * width + x] = ink;
    }
  }
}
