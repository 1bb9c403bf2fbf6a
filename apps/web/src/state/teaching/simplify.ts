/**
 * A stroke with the points that matter: those whose leaving out would move the line by more than the pen's tenth. Douglas & Peucker 1973,
 * "Algorithms for the reduction of the number of points required to represent a digitized line or its caricature".
 */
import type { Stroke } from "../../workers/teaching/drawing.ts";

/** In places of a cell. */
const TOLERANCE = 2.5;

export function simplify(stroke: Stroke): Stroke {
  const count = stroke.length / 2;
  if (count < 3) return stroke;
  const kept = new Uint8Array(count);
  kept[0] = 1;
  kept[count - 1] = 1;
  const open: [number, number][] = [[0, count - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let [farthest, distance] = [from, TOLERANCE];
    for (let i = from + 1; i < to; i++) {
      const away = distanceToLine(stroke, i, from, to);
      if (away > distance) [farthest, distance] = [i, away];
    }
    if (farthest === from) continue;
    kept[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  return stroke.filter((_, i) => kept[i >> 1] === 1);
}

/** Of a point from the line between two others; from the first where these are one. */
function distanceToLine(stroke: Stroke, point: number, from: number, to: number): number {
  const [x, y] = [stroke[2 * point]! - stroke[2 * from]!, stroke[2 * point + 1]! - stroke[2 * from + 1]!];
  const [dx, dy] = [stroke[2 * to]! - stroke[2 * from]!, stroke[2 * to + 1]! - stroke[2 * from + 1]!];
  const length = Math.hypot(dx, dy);
  return length === 0 ? Math.hypot(x, y) : Math.abs(x * dy - y * dx) / length;
}
