// tfjs with both backends and the training kernels, and comparisons of tensors with references.

// tfjs-core alone differentiates nothing in Node; this brings its gradients, and the cpu backend.
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { expect } from "vitest";
import { registerTrainingKernels } from "../src/index.ts";

await tf.setBackend("wasm");
await tf.ready();
registerTrainingKernels();

export { tf };

/** Runs a kernel on arrays: values in, values out, nothing left behind. */
export function runKernel(
  name: string,
  inputs: Record<string, { values: ArrayLike<number>; shape: number[]; dtype?: "int32" }>,
  attributes: Record<string, unknown> = {},
): { values: Float32Array; shape: number[] } {
  // Not what tidy returns: among that it looks for tensors, number by number.
  let given!: { values: Float32Array; shape: number[] };
  tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([key, { values, shape, dtype }]) => [
        key,
        tf.tensor(
          dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values),
          shape,
          dtype ?? "float32",
        ),
      ]),
    );
    const result = tf.engine().runKernel(name, tensors, attributes as tf.NamedAttrMap) as tf.Tensor;
    given = { values: result.dataSync() as Float32Array, shape: result.shape };
  });
  return given;
}

/** Standard normal numbers, float32, the same for the same seed. */
export function normal(count: number, seed: number): Float32Array {
  const values = new Float32Array(count);
  let state = (seed * 2654435761 + 1) >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < count; i++) {
    values[i] = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  }
  return values;
}

/**
 * ‖actual − expected‖ <= tolerance·‖scale‖, and every value finite.
 *
 * `scale` is the same result of the inputs' magnitudes, where sums can cancel to next to nothing; else the result.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 2e-6,
  scale: ArrayLike<number> = expected,
): void {
  expect(actual.length).toBe(expected.length);
  let [error, norm] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    error += (actual[i]! - expected[i]!) ** 2;
    norm += scale[i]! ** 2;
  }
  expect(Math.sqrt(error)).toBeLessThanOrEqual(tolerance * Math.sqrt(norm));
}

/** Largest |actual − expected| / |expected| over expected values that float32 holds normally. */
export function largestRelativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const magnitude = Math.abs(expected[i]!);
    if (magnitude < 1.2e-38 || magnitude > 3.4e38) continue;
    const error = Math.abs(actual[i]! - expected[i]!) / magnitude;
    worst = error > worst || Number.isNaN(error) ? error : worst;
  }
  return worst;
}
