/** Sums and maxima over axes. */
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import { withScratch } from "@pixelcnn/wasm-training/kernels";
import { copyStrided, stridesOf } from "./copy-strided.ts";
import type { Machine } from "./machine.ts";
import { addressOf, type Place, sizeOf } from "./place.ts";

/** Axes that disappear lie together, [parts, rows, columns] → [parts, columns], or are brought together first. */
export function writeReduce(
  machine: Machine,
  { kind, axes }: PrimitiveOf<"reduce">,
  [x]: readonly Place[],
  y: Place,
): () => void {
  const { shape } = x!.value;
  const gone = [...axes].sort((a, b) => a - b);
  const first = gone[0] ?? 0;
  const together = gone.every((axis, i) => axis === first + i);
  const reduce = kind === "sum" ? sum : maximum;
  if (together) {
    const rows = sizeOf(shape.slice(first, first + gone.length));
    const columns = sizeOf(shape.slice(first + gone.length));
    return () => reduce(machine, addressOf(x!), addressOf(y), sizeOf(shape.slice(0, first)), rows, columns);
  }
  const order = [...shape.keys()].filter((axis) => !gone.includes(axis)).concat(gone);
  const moved = order.map((axis) => shape[axis]!);
  const strides = order.map((axis) => stridesOf(shape)[axis]!);
  return () =>
    withScratch(machine.heap, [sizeOf(shape) * 4], (ordered) => {
      const to = { start: ordered! / 4, strides: stridesOf(moved) };
      copyStrided(machine.heap.words, moved, to, { start: x!.at, strides });
      reduce(machine, ordered!, addressOf(y), y.stored, sizeOf(shape) / y.stored, 1);
    });
}

function sum(
  { heap, functions }: Machine,
  x: number,
  y: number,
  parts: number,
  rows: number,
  columns: number,
): void {
  withScratch(heap, [columns * 4 * 8], (sums) => {
    for (let part = 0; part < parts; part++) {
      functions.channelSum(x + part * rows * columns * 4, rows, columns, sums!, y + part * columns * 4);
    }
  });
}

function maximum(
  { heap }: Machine,
  x: number,
  y: number,
  parts: number,
  rows: number,
  columns: number,
): void {
  const { floats } = heap;
  for (let part = 0; part < parts; part++) {
    for (let column = 0; column < columns; column++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let row = 0; row < rows; row++) {
        largest = Math.max(largest, floats[x / 4 + (part * rows + row) * columns + column]!);
      }
      floats[y / 4 + part * columns + column] = largest;
    }
  }
}
