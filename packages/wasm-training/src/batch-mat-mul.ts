// BatchMatMul: tfjs's own product is ten times slower on transposed operands than on straight ones, so they are
// transposed first.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { sizeOf } from "./expectations.ts";
import { type KernelCall, wasmReplacement } from "./kernel-call.ts";

interface Inputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export const batchMatMulReplacement = wasmReplacement<Inputs, Attributes>("BatchMatMul", (call, original) => {
  const { a, b } = call.inputs;
  const { transposeA, transposeB } = call.attributes;
  if (!(transposeA || transposeB) || a.dtype !== "float32" || b.dtype !== "float32") return original();
  const straightA = transposeA ? transposed(call, a) : a;
  const straightB = transposeB ? transposed(call, b) : b;
  try {
    return original({
      inputs: { a: straightA, b: straightB },
      attrs: { transposeA: false, transposeB: false },
    });
  } finally {
    if (transposeA) call.backend.disposeData(straightA.dataId);
    if (transposeB) call.backend.disposeData(straightB.dataId);
  }
});

/** [..., n, m] → [..., m, n]; the caller disposes its data. */
function transposed(call: KernelCall<Inputs, Attributes>, x: TensorInfo): TensorInfo {
  const outer = x.shape.slice(0, -2);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const result = call.output([...outer, columns, rows]);
  call.functions.transposeMatrices(call.at(x), call.at(result), sizeOf(outer), rows, columns);
  return result;
}
