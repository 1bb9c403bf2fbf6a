/**
 * Dropout masks from addressed noise, made on this thread while TensorFlow computes the step before.
 *
 *     mask = 0 where u < rate, else 1 / (1 − rate)          Srivastava et al. 2014, "Dropout", section 4 (inverted)
 */
import { Purpose, uniforms } from "@pixelcnn/core";
import type { PrimitiveOf } from "@pixelcnn/core/computation";
import type { DropoutNoise } from "@pixelcnn/core/training";

/** @returns [B, …], row-major. */
export function dropoutMask(
  { node, rate, shape }: PrimitiveOf<"dropoutMask">,
  { seed, indices, step }: DropoutNoise,
): Float32Array {
  const batch = shape[0]!;
  const mask = new Float32Array(shape.reduce((product, length) => product * length, 1));
  const size = mask.length / batch;
  for (let picture = 0; picture < batch; picture++) {
    const address = { seed, index: indices[picture]!, purpose: Purpose.dropout, node, time: step };
    uniforms(mask.subarray(picture * size, (picture + 1) * size), address);
  }
  const kept = 1 / (1 - rate);
  for (let element = 0; element < mask.length; element++) mask[element] = mask[element]! < rate ? 0 : kept;
  return mask;
}
