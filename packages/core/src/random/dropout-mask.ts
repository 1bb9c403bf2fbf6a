/**
 * Dropout masks from addressed noise, the same on every engine:
 *
 *     mask = 0 where u < rate, else 1 / (1 − rate)          Srivastava et al. 2014, "Dropout", section 4 (inverted)
 */
import { Purpose, uniforms } from "./noise.ts";

/** The address of a batch's dropout noise, but for the node. */
export interface DropoutNoise {
  readonly seed: number;
  /** Index of every picture of the batch in its split. */
  readonly indices: ArrayLike<number>;
  /** The step, from 1. */
  readonly step: number;
}

/**
 * Writes the mask of a node.
 *
 * @param mask [B, …], row-major.
 */
export function writeDropoutMask(
  mask: Float32Array,
  { node, rate }: { readonly node: number; readonly rate: number },
  { seed, indices, step }: DropoutNoise,
): void {
  const size = mask.length / indices.length;
  const kept = 1 / (1 - rate);
  for (let picture = 0; picture < indices.length; picture++) {
    const values = mask.subarray(picture * size, (picture + 1) * size);
    uniforms(values, { seed, index: indices[picture]!, purpose: Purpose.dropout, node, time: step });
    for (let i = 0; i < size; i++) values[i] = values[i]! < rate ? 0 : kept;
  }
}
