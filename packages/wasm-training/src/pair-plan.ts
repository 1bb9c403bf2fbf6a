// Which convolutions go in pairs of positions (assembly/winograd.ts), and how their pictures lie in pairs.
//
// A row of three taps, d columns apart, costs four products for two positions instead of six. Only rows around the position itself
// count: such rows lie above it in causal networks, where no mask forbids a part of a tap; what a mask forbids must not even be rounded in.

import type { ConvolutionGeometry } from "./convolution-plan.ts";

/** Three taps of a row. */
interface TapRow {
  /** Rows below the position. */
  readonly dy: number;
  /** Indices of the taps from left to right. */
  readonly taps: readonly [number, number, number];
}

export interface PairPlan {
  readonly pictures: number;
  readonly rows: number;
  readonly columns: number;
  readonly ins: number;
  readonly outs: number;
  readonly tapRows: readonly TapRow[];
  /** Columns between neighbouring taps, and between a position and its partner. */
  readonly dilation: number;
  /** First and second column of a row's pairs; the second is null where it lies beyond the row. */
  readonly pairs: readonly (readonly [number, number | null])[];
  /** Rows of the frame that all taps read, and which of the picture's it holds from where on; the others are zeros. */
  readonly frame: {
    readonly rows: number;
    readonly from: number;
    readonly to: number;
    readonly count: number;
  };
}

/** At most this share of the products of single positions is worth the sums that come before and after them. */
const worthwhileShare = 0.9;
/** Making and joining pairs costs about as much as so many tap rows times a channel. */
const pairCost = 16;

/** @returns the plan, or `null` where single positions are better or the taps are others. */
export function planPairs(geometry: ConvolutionGeometry, outs: number): PairPlan | null {
  const { batch, inHeight: rows, inWidth: columns, inChannels: ins, offsets } = geometry;
  const isSameSize =
    geometry.strideHeight === 1 &&
    geometry.strideWidth === 1 &&
    geometry.outHeight === rows &&
    geometry.outWidth === columns;
  if (!isSameSize || ins % 4 !== 0 || outs % 4 !== 0) return null;
  const dilation = Math.max(...offsets.filter((_, i) => i % 2 === 1));
  const tapRows = dilation > 0 ? tapRowsOf(offsets, dilation) : null;
  if (tapRows === null || tapRows.some(({ dy }) => Math.abs(dy) >= rows)) return null;
  const pairs = pairsOf(columns, dilation);
  if (4 * pairs.length > worthwhileShare * 3 * columns) return null;
  if (tapRows.length * ins * outs < pairCost * (ins + outs)) return null;

  const dys = tapRows.map(({ dy }) => dy);
  const [top, bottom] = [Math.min(...dys), Math.max(...dys) + rows];
  const from = Math.max(top, 0);
  const frame = { rows: bottom - top, from, to: from - top, count: Math.min(bottom, rows) - from };
  return { pictures: batch, rows, columns, ins, outs, tapRows, dilation, pairs, frame };
}

/** Rows of exactly the taps −d, 0 and d; null if a tap is none of them. */
function tapRowsOf(offsets: readonly number[], dilation: number): TapRow[] | null {
  const tapAt = new Map<string, number>();
  for (let tap = 0; 2 * tap < offsets.length; tap++)
    tapAt.set(`${offsets[2 * tap]} ${offsets[2 * tap + 1]}`, tap);
  const dys = [...new Set(offsets.filter((_, i) => i % 2 === 0))];
  const rows = dys.map((dy) => ({
    dy,
    taps: [-dilation, 0, dilation].map((dx) => tapAt.get(`${dy} ${dx}`)),
  }));
  const isComplete = rows.every(({ taps }) => !taps.includes(undefined));
  return isComplete && offsets.length === 2 * 3 * rows.length ? (rows as unknown as TapRow[]) : null;
}

/** Blocks of 2·d columns, the left half paired with the right. */
function pairsOf(columns: number, dilation: number): [number, number | null][] {
  const firsts = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => column % (2 * dilation) < dilation,
  );
  return firsts.map((first) => [first, first + dilation < columns ? first + dilation : null]);
}
