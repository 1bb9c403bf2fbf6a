/**
 * A drawing as the picture that a model learns. A pixel takes ink by the share of it that a round pen covers; a picture that was dropped has
 * its ink already, see ink.ts.
 */
import type { PictureShape } from "@pixelcnn/core";
import { type Drawing, EDGE, PEN_RADIUS } from "./drawing.ts";
import { type Ink, resample } from "./ink.ts";
import { STILL, type Variation } from "./variation.ts";

/** Levels of one picture, [H, W], written into `target`. */
export function rasterise(
  target: Uint8Array,
  drawing: Drawing | Ink,
  picture: PictureShape,
  variation: Variation = STILL,
): void {
  if (drawing instanceof Uint8Array) resample(target, drawing, picture, variation);
  else coverStrokes(target, drawing, picture, variation);
}

function coverStrokes(
  target: Uint8Array,
  drawing: Drawing,
  { height, width, levels }: PictureShape,
  variation: Variation,
): void {
  const cover = new Float32Array(height * width);
  const radius = PEN_RADIUS * width;
  for (const stroke of drawing) {
    const points = placed(stroke, width, height, variation);
    if (points.length === 2) points.push(points[0]!, points[1]!); // a dot
    for (let i = 0; i + 3 < points.length; i += 2) {
      coverAlong(cover, width, height, radius, points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!);
    }
  }
  for (let i = 0; i < cover.length; i++) target[i] = Math.round(cover[i]! * (levels - 1));
}

/** Points in pixels, after the variation about the cell's middle. */
function placed(stroke: readonly number[], width: number, height: number, variation: Variation): number[] {
  const { turn, scale, across, down } = variation;
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale];
  const points: number[] = [];
  for (let i = 0; i + 1 < stroke.length; i += 2) {
    const [x, y] = [stroke[i]! / EDGE - 0.5, stroke[i + 1]! / EDGE - 0.5];
    points.push((x * cos - y * sin + across + 0.5) * width, (x * sin + y * cos + down + 0.5) * height);
  }
  return points;
}

/** The larger of what was covered before and what the pen covers from one point to the next. */
function coverAlong(
  cover: Float32Array,
  width: number,
  height: number,
  radius: number,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  const reach = radius + 1;
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = dx * dx + dy * dy;
  const first = {
    x: Math.max(0, Math.floor(Math.min(fromX, toX) - reach)),
    y: Math.max(0, Math.floor(Math.min(fromY, toY) - reach)),
  };
  const last = {
    x: Math.min(width - 1, Math.ceil(Math.max(fromX, toX) + reach)),
    y: Math.min(height - 1, Math.ceil(Math.max(fromY, toY) + reach)),
  };
  for (let y = first.y; y <= last.y; y++) {
    for (let x = first.x; x <= last.x; x++) {
      const [px, py] = [x + 0.5 - fromX, y + 0.5 - fromY];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const away = Math.hypot(px - along * dx, py - along * dy);
      const share = Math.min(1, Math.max(0, radius + 0.5 - away));
      const at = y * width + x;
      if (share > cover[at]!) cover[at] = share;
    }
  }
}
