/**
 * Dropout masks from addressed noise, the same on every backend.
 *
 *     mask = 0 where u < rate, else 1 / (1 - rate)          Srivastava et al. 2014, "Dropout", section 4 (inverted)
 */
import { type Tensor, tensor, tensor1d } from "@tensorflow/tfjs-core";
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

/** An address as the arguments `seed` u32 [2], `pictures` u32 [B] and `step` u32 [1] of a computation; by bits, for int32 is all that there is. */
export function noiseTensors({ seed, indices, step }: DropoutNoise): Tensor[] {
  return [[seed >>> 0, Math.floor(seed / 2 ** 32)], Array.from(indices), [step]].map((numbers) =>
    tensor1d(
      Int32Array.from(numbers, (number) => number | 0),
      "int32",
    ),
  );
}

/** The way back. Such tensors have been to no GPU, so that reading them does not wait. */
export function readNoise(seed: Tensor, pictures: Tensor, step: Tensor): DropoutNoise {
  const [[low, high], indices, [time]] = [seed, pictures, step].map((tensor) =>
    Uint32Array.from(tensor.dataSync()),
  ) as [Uint32Array, Uint32Array, Uint32Array];
  return { seed: high! * 2 ** 32 + low!, indices, step: time! };
}
