/**
 * Runs a computation on the current backend of TensorFlow.js, one kernel after another. Whatever is differentiated was differentiated when the computation
 * was recorded: no tape runs along, and a value is freed where it is read for the last time.
 *
 * A value may be held as a smaller tensor that TensorFlow.js would broadcast to its shape: constants, biases and what is computed of
 * them alone are spread only for kernels that do not broadcast themselves.
 */
import { broadcastTo, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Computation } from "../computation/computation.ts";
import { type OperationName, type Step, stepsOf } from "../computation/steps.ts";
import type { Value } from "../computation/value.ts";
import { ShapeError } from "../errors.ts";
import { type Kernel, kernels, takesSmaller } from "./kernels.ts";

/**
 * The results of a computation, by name.
 *
 * @param given its arguments in order: float32, bool, or int32 for integers of any kind.
 * @returns tensors of their own, also where a result is an argument. The caller disposes them, and the arguments.
 * @throws {ShapeError} when an argument is missing, or of another shape.
 */
export function execute(computation: Computation, given: readonly Tensor[]): Record<string, Tensor> {
  check(computation, given);
  return tidy(() => {
    const values = new Map(computation.arguments.map(({ value }, index) => [value.id, given[index]!]));
    for (const step of stepsOf(computation)) {
      values.set(step.output.id, run(step, values));
      for (const id of step.last) {
        values.get(id)!.dispose();
        values.delete(id);
      }
    }
    return Object.fromEntries(
      computation.results.map(({ name, value }) => [name, spread(values.get(value.id)!, value).clone()]),
    );
  });
}

function run({ operation, inputs, output }: Step, values: ReadonlyMap<number, Tensor>): Tensor {
  return tidy(() => {
    const tensors = inputs.map((value) => {
      const tensor = values.get(value.id)!;
      return takesSmaller(operation, tensor) ? tensor : spread(tensor, value);
    });
    const result = (kernels[operation.op] as Kernel<OperationName>)(operation, tensors, output);
    return tensors.includes(result) ? result.clone() : result;
  });
}

/** The tensor in its value's whole shape. */
function spread(tensor: Tensor, { shape }: Value): Tensor {
  return isShape(tensor, shape) ? tensor : broadcastTo(tensor, [...shape]);
}

function check({ arguments: expected }: Computation, given: readonly Tensor[]): void {
  expected.forEach(({ name, value }, index) => {
    const tensor = given[index];
    if (tensor && isShape(tensor, value.shape)) return;
    throw new ShapeError(
      `${name}: expected a tensor [${value.shape}], got ${tensor ? `[${tensor.shape}]` : "none"}`,
    );
  });
}

function isShape({ shape }: Tensor, expected: readonly number[]): boolean {
  return shape.length === expected.length && shape.every((length, axis) => length === expected[axis]);
}
