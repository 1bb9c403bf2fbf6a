/** Dropout masks, and the addresses of their noise, as tensors. */
import { type Tensor, tensor, tensor1d } from "@tensorflow/tfjs-core";
import { type DropoutNoise, writeDropoutMask } from "../random/dropout-mask.ts";

/** @param shape [B, H, W, F] @returns a tensor of that shape. */
export function dropoutMask(
  node: number,
  rate: number,
  shape: readonly number[],
  noise: DropoutNoise,
): Tensor {
  const mask = new Float32Array(shape.reduce((product, length) => product * length, 1));
  writeDropoutMask(mask, { node, rate }, noise);
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
