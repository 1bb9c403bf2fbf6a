/** What curves are at a step: the cursor of a chart. */
import type { Point } from "./curves.ts";

/** First and last step of all curves; null when there is nothing to read. */
export function stepRange(
  curves: readonly { readonly points: readonly Point[] }[],
): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { points } of curves) {
    if (points.length === 0) continue;
    low = Math.min(low, points[0]!.x);
    high = Math.max(high, points.at(-1)!.x);
  }
  return low > high ? null : [low, high];
}

/** The step at a share of the width, 0 ... 1. */
export function stepAt(curves: Parameters<typeof stepRange>[0], share: number): number | null {
  const range = stepRange(curves);
  return range === null ? null : Math.round(range[0] + share * (range[1] - range[0]));
}

/** Where the last of some curves ends. */
export function endOf(curves: Parameters<typeof stepRange>[0]): number {
  return stepRange(curves)?.[1] ?? Number.NEGATIVE_INFINITY;
}

/** The curve's value at the point that is nearest to a step; null when it has none. */
export function readingAt(points: readonly Point[], step: number): number | null {
  let [low, high] = [0, points.length - 1];
  if (high < 0) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.x <= step) low = middle;
    else high = middle;
  }
  const [before, after] = [points[low]!, points[high]!];
  return Math.abs(before.x - step) <= Math.abs(after.x - step) ? before.y : after.y;
}
