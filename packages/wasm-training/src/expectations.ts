// Checks that kernels make before they touch memory.

import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { WasmTrainingError } from "./wasm-training-error.ts";

/** @returns the product of a shape's sides. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** @throws {WasmTrainingError} if `condition` is false. */
export function expect(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new WasmTrainingError(message());
}

/**
 * Checks a tensor's type, and its shape where one is given; a `null` side may be anything.
 *
 * @throws {WasmTrainingError} that names the kernel and the input.
 */
export function expectTensor(
  kernel: string,
  name: string,
  tensor: TensorInfo | undefined,
  dtype: DataType,
  shape?: readonly (number | null)[],
): asserts tensor is TensorInfo {
  expect(tensor !== undefined, () => `${kernel}: input ${name} is missing.`);
  expect(tensor.dtype === dtype, () => `${kernel}: ${name} must be ${dtype}, not ${tensor.dtype}.`);
  if (shape === undefined) return;
  expect(
    tensor.shape.length === shape.length &&
      shape.every((side, axis) => side === null || side === tensor.shape[axis]),
    () =>
      `${kernel}: ${name} must have the shape [${shape.map((side) => side ?? "any")}], not [${tensor.shape}].`,
  );
}
