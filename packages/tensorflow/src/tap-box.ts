/** Taps as TensorFlow's convolutions know them: cells of the smallest rectangle around them. */
import type { TapOffset } from "@pixelcnn/core/computation";

/** The smallest rectangle around taps, in steps of a dilation. */
export interface TapBox {
  readonly dilation: number;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  /** Where each tap is, row by row. */
  readonly cells: readonly number[];
}

/** The box around taps. */
export function boxOf(offsets: readonly TapOffset[]): TapBox {
  const dilation = offsets.flat().reduce(commonDivisor, 0) || 1;
  const down = offsets.map(([dy]) => dy / dilation);
  const along = offsets.map(([, dx]) => dx / dilation);
  const [top, left] = [Math.min(...down), Math.min(...along)];
  const [height, width] = [Math.max(...down) - top + 1, Math.max(...along) - left + 1];
  const cells = down.map((dy, tap) => (dy - top) * width + along[tap]! - left);
  return { dilation, top, left, height, width, cells };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : commonDivisor(b, a % b);
}

/** Is every cell a tap, in the taps' own order? */
export function isInOrder({ height, width, cells }: TapBox): boolean {
  return cells.length === height * width && cells.every((cell, tap) => cell === tap);
}

/** Which tap each cell is; the number of taps where it is none. */
export function tapOfCells({ height, width, cells }: TapBox): number[] {
  const taps = new Array<number>(height * width).fill(cells.length);
  cells.forEach((cell, tap) => {
    taps[cell] = tap;
  });
  return taps;
}

/** Zeros before and after an axis, of which the box reads them. */
export function marginsOf(start: number, length: number, dilation: number): [before: number, after: number] {
  return [Math.max(0, -start * dilation), Math.max(0, (start + length - 1) * dilation)];
}

/** What of an axis the box reads at all: where it begins, and where it ends. */
export function readOf(
  start: number,
  length: number,
  dilation: number,
  size: number,
): [first: number, end: number] {
  return [Math.max(0, start * dilation), size + Math.min(0, (start + length - 1) * dilation)];
}
