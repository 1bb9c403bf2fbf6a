/**
 * The order of an epoch: a Fisher–Yates shuffle whose draws are addressed by epoch, so any epoch's order can be made again
 * without those before it.
 */
import { Purpose, uniform } from "../random/noise.ts";

/** A permutation of 0 ... length - 1. @param epoch from 1. */
export function shuffledIndices(length: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(uniform(seed, 0, i, Purpose.shuffle, 0, epoch) * (i + 1));
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}
