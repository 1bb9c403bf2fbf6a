// Exp, Expm1, Tanh and Softplus under tfjs's own names, where the backend's are scalar, and ReluGrad. (Its Sigmoid is
// fast already.)

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expectTensor, sizeOf } from "./expectations.ts";
import { type Replacement, wasmKernel, wasmReplacement } from "./kernel-call.ts";

/** y and dy: one shape, float32; y is a ReLU's output (or its input). */
export interface ReluGradInputs {
  readonly y: TensorInfo;
  readonly dy: TensorInfo;
}

export const elementwiseReplacements: readonly Replacement[] = (
  [
    ["Exp", "exp"],
    ["Expm1", "expm1"],
    ["Tanh", "tanh"],
    ["Softplus", "softplus"],
  ] as const
).map(([kernelName, functionName]) =>
  wasmReplacement<{ x: TensorInfo }, unknown>(
    kernelName,
    ({ inputs: { x }, functions, at, output }, original) => {
      if (x.dtype !== "float32") return original();
      const y = output(x.shape);
      functions[functionName](at(x), at(y), sizeOf(x.shape));
      return y;
    },
  ),
);

/** dx = dy where y > 0, else 0. */
export const reluGradKernel = wasmKernel<ReluGradInputs, unknown>(
  "ReluGrad",
  ({ inputs: { y, dy }, functions, at, output }) => {
    expectTensor("ReluGrad", "y", y, "float32");
    expectTensor("ReluGrad", "dy", dy, "float32", y.shape);
    const dx = output(y.shape);
    functions.reluGrad(at(y), at(dy), at(dx), sizeOf(y.shape));
    return dx;
  },
);
