/**
 * Where a value lies in the program's memory. Every element takes four bytes: f32 as it is, integers and bools as 32-bit integers.
 *
 * What repeats itself is stored once: element i of the value, row-major, is element i mod `stored` of its place. Constants have one
 * stored element, a bias at every position as many as it has channels; a reshape changes neither.
 */
import type { Value } from "@pixelcnn/core/computation";

export interface Place {
  /** Index of the first element: the byte address / 4. */
  readonly at: number;
  /** Stored elements; divides the number of the value's. */
  readonly stored: number;
  readonly value: Value;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Byte address. */
export function addressOf({ at }: Place): number {
  return 4 * at;
}
