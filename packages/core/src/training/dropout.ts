/**
 * Dropout masks from addressed noise, the same on every backend.
 *
 *     mask = 0 where u < rate, else 1 / (1 - rate)          Srivastava et al. 2014, "Dropout", section 4 (inverted)
 */
import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { Purpose, uniforms } from "../random/noise.ts";

/** The address of a batch's dropout noise, but for the node. */
export interface DropoutNoise {
  readonly seed: number;
  /** Index of every picture of the batch in its split. */
  readonly indices: ArrayLike<number>;
  /** The step, from 1. */
  readonly step: number;
}

/** @param shape [B, H, W, F] @returns a tensor of that shape. */
export function dropoutMask(
  node: number,
  rate: number,
  shape: readonly number[],
  noise: DropoutNoise,
): Tensor {
  const batch = shape[0]!;
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  const mask = new Float32Array(batch * size);
  for (let b = 0; b < batch; b++) {
    const address = {
      seed: noise.seed,
      index: noise.indices[b]!,
      purpose: Purpose.dropout,
      node,
      time: noise.step,
    };
    uniforms(mask.subarray(b * size, (b + 1) * size), address);
  }
  const kept = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i++) mask[i] = mask[i]! < rate ? 0 : kept;
  return tensor(mask, [...shape]);
}
