/** Curves as lines of braille with their scales: pure text, colours are left to whoever shows it. */
import { BrailleCanvas, type BrailleCell } from "@pixelcnn/pictures";
import type { Point } from "./curves.ts";

export interface ChartCurve {
  readonly points: readonly Point[];
  /** Which colour it gets. */
  readonly layer: number;
  /** A character at its end; left out for none. */
  readonly mark?: string;
}

/** A piece of a line in one colour; layer null is the chart's own ink. */
export interface Segment {
  readonly text: string;
  readonly layer: number | null;
}

export interface ChartSize {
  readonly columns: number;
  readonly rows: number;
}

/** Columns left of the curves, for the scale. */
const SCALE_COLUMNS = 8;
/** Rows from one figure of the scale to the next, at least, where there is room for more than three. */
const LABEL_ROWS = 8;
/** A curve has few points when it has fewer than one in so many columns. */
const FEW = 4;
/** Curves begin far above where they go; the share of values beyond the upper end of the scale. */
const CUT_SHARE = 0.05;

export interface ChartOptions {
  /** Step at which a vertical line is drawn; null for none. */
  readonly cursor?: number | null;
  /** Heights by their logarithm. What is not above 0 has none, and is left out. */
  readonly isLogarithmic?: boolean;
}

/** Exactly `rows` lines: the curves, and below them the scale of steps. */
export function lineChart(
  given: readonly ChartCurve[],
  size: ChartSize,
  { cursor = null, isLogarithmic = false }: ChartOptions = {},
): Segment[][] {
  const curves = isLogarithmic ? given.map(logarithms) : given;
  const figureAt = (height: number) => figureLabel(isLogarithmic ? 10 ** height : height);
  const columns = Math.max(1, size.columns - SCALE_COLUMNS - 1);
  const rows = Math.max(1, size.rows - 1);
  const all = curves.flatMap(({ points }) => points);
  if (all.length === 0) {
    return Array.from({ length: size.rows }, (_, row) => [
      {
        text: row === Math.floor(rows / 2) ? `${" ".repeat(SCALE_COLUMNS + 2)}nothing to chart yet` : "",
        layer: null,
      },
    ]);
  }
  const canvas = new BrailleCanvas(columns, rows);
  const x = rangeOf(all.map((point) => point.x));
  const y = heightsOf(all.map((point) => point.y));
  const column = (value: number) => place(value, x, columns * 2);
  const row = (value: number) => rows * 4 - 1 - place(value, y, rows * 4);
  if (cursor !== null)
    for (let dot = 0; dot < rows * 4; dot += 2) canvas.set(column(cursor), dot, CURSOR_LAYER);
  for (const { points, layer } of curves) {
    const dots = thinned(points, column).map((point) => ({ x: point.x, y: row(point.y) }));
    dots.forEach((to, i) => {
      const from = dots[i - 1] ?? to;
      canvas.line(from.x, from.y, to.x, to.y, layer);
      if (dots.length <= columns / FEW) plus(canvas, to, layer);
    });
  }
  const cells = canvas.rows().map((line): BrailleCell[] => [...line]);
  for (const { points, layer, mark } of curves) {
    const end = points.at(-1);
    if (end !== undefined && mark !== undefined)
      putMark(cells, Math.floor(column(end.x) / 2), Math.floor(row(end.y) / 4), { character: mark, layer });
  }
  const gaps = rows < 7 ? 1 : Math.max(2, Math.floor((rows - 1) / LABEL_ROWS));
  const labelled = new Set(Array.from({ length: gaps + 1 }, (_, i) => Math.floor((i * (rows - 1)) / gaps)));
  const lines = cells.map((line, at): Segment[] => {
    const share = rows === 1 ? 0.5 : 1 - at / (rows - 1);
    const label = labelled.has(at) ? figureAt(y.low + (y.high - y.low) * share) : "";
    return [{ text: `${label.padStart(SCALE_COLUMNS)}│`, layer: null }, ...segments(line)];
  });
  return [...lines, [{ text: xScale(x, columns), layer: null }]];
}

/** Puts a mark beside the end of its curve, or where the nearest one below or above it is free of others. */
function putMark(cells: BrailleCell[][], column: number, row: number, mark: BrailleCell): void {
  const at = Math.min(column + 1, cells[0]!.length - 1);
  const isFree = (line: number) => !/[a-z]/.test(cells[line]?.[at]?.character ?? "a");
  const free = cells.map((_, line) => line).filter(isFree);
  const [nearest] = free.sort((a, b) => Math.abs(a - row) - Math.abs(b - row));
  if (nearest !== undefined) cells[nearest]![at] = mark;
}

function logarithms({ points, ...rest }: ChartCurve): ChartCurve {
  const above = points.filter(({ y }) => y > 0);
  return { ...rest, points: above.map(({ x, y }) => ({ x, y: Math.log10(y) })) };
}

/** Shows where a curve of few points has them; a single one would be a single dot. */
function plus(canvas: BrailleCanvas, { x, y }: Point, layer: number): void {
  canvas.line(x - 1, y, x + 1, y, layer);
  canvas.line(x, y - 1, x, y + 1, layer);
}

/** Layer of the cursor. */
export const CURSOR_LAYER = 99;

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(values: readonly number[]): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}

function heightsOf(values: readonly number[]): Range {
  const sorted = [...values].sort((a, b) => a - b);
  return rangeOf([sorted[0]!, sorted[Math.ceil((sorted.length - 1) * (1 - CUT_SHARE))]!]);
}

/** The dot of a value, cut at the ends. */
function place(value: number, { low, high }: Range, dots: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return Math.round(share * (dots - 1));
}

/** One point a column of dots: the mean of all that fall on it. */
function thinned(points: readonly Point[], column: (x: number) => number): Point[] {
  const means: { x: number; sum: number; count: number }[] = [];
  for (const point of points) {
    const x = column(point.x);
    const last = means.at(-1);
    if (last?.x === x) {
      last.sum += point.y;
      last.count += 1;
    } else means.push({ x, sum: point.y, count: 1 });
  }
  return means.map(({ x, sum, count }) => ({ x, y: sum / count }));
}

function segments(
  cells: readonly { readonly character: string; readonly layer: number | null }[],
): Segment[] {
  const pieces: { text: string; layer: number | null }[] = [];
  for (const { character, layer } of cells) {
    const last = pieces.at(-1);
    if (last !== undefined && (last.layer === layer || character === " ")) last.text += character;
    else pieces.push({ text: character, layer });
  }
  return pieces;
}

function xScale({ low, high }: Range, columns: number): string {
  const left = `step ${Math.ceil(low)}`;
  const right = String(Math.floor(high));
  const gap = Math.max(1, columns - left.length - right.length);
  return `${" ".repeat(SCALE_COLUMNS)}└${`${left}${"─".repeat(gap)}${right}`.slice(0, columns)}`;
}

/** At most {@link SCALE_COLUMNS} characters. */
export function figureLabel(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(1);
  if (size >= 100) return value.toFixed(size >= 10_000 ? 1 : 2);
  return value.toPrecision(4).slice(0, SCALE_COLUMNS);
}
