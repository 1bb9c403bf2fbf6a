// What the sums of a convolution start from.

import type { Machine } from "./machine.ts";
import { heapMemory } from "./wasm-backend.ts";

/** Addresses; null where nothing is added. */
export interface Addends {
  /** [outs] */
  readonly bias: number | null;
  /** [batch][outs] */
  readonly pictureBias: number | null;
  /** As large as the result. */
  readonly elements: number | null;
}

export const noAddends: Addends = { bias: null, pictureBias: null, elements: null };

/** Bytes of what `writeBiases` writes. */
export function sizeOfBiases({ pictureBias }: Addends, batch: number, wholeOut: number): number {
  return (pictureBias === null ? 1 : batch) * wholeOut * 4;
}

/**
 * Writes the sum of both biases as rows of `wholeOut` floats, zeros beyond `outs`.
 *
 * @returns bytes from one picture's row to the next's; 0 where all have the same.
 */
export function writeBiases(
  { backend }: Machine,
  { bias, pictureBias }: Addends,
  batch: number,
  outs: number,
  wholeOut: number,
  to: number,
): number {
  const rows = pictureBias === null ? 1 : batch;
  const heap = new Float32Array(heapMemory(backend).buffer);
  heap.fill(0, to / 4, to / 4 + rows * wholeOut);
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outs; o++) {
      const ofChannel = bias === null ? 0 : heap[bias / 4 + o]!;
      const ofPicture = pictureBias === null ? 0 : heap[pictureBias / 4 + row * outs + o]!;
      heap[to / 4 + row * wholeOut + o] = ofChannel + ofPicture;
    }
  }
  return pictureBias === null ? 0 : wholeOut * 4;
}
