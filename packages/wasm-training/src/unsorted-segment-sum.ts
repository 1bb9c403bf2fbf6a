// UnsortedSegmentSum, which the gradient of tf.gather asks for.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expect, expectTensor, sizeOf } from "./expectations.ts";
import { wasmKernel } from "./kernel-call.ts";
import { makeTensor } from "./wasm-backend.ts";

/** x: [N, ...] float32 or int32, segmentIds: [N] int32 → [numSegments, ...]; other ids are dropped, as on `cpu`. */
export const unsortedSegmentSumKernel = wasmKernel<
  { x: TensorInfo; segmentIds: TensorInfo },
  { numSegments: number }
>(
  "UnsortedSegmentSum",
  ({ inputs: { x, segmentIds }, attributes: { numSegments }, backend, functions, at }) => {
    expect(
      x.dtype === "float32" || x.dtype === "int32",
      () => `UnsortedSegmentSum: x must be float32 or int32, not ${x.dtype}.`,
    );
    expect(x.shape.length > 0, () => "UnsortedSegmentSum: x must have a first axis, not be a scalar.");
    const [rows, ...rest] = x.shape as [number, ...number[]];
    expectTensor("UnsortedSegmentSum", "segmentIds", segmentIds, "int32", [rows]);
    const sum = makeTensor(backend, [numSegments, ...rest], x.dtype);
    const add = x.dtype === "float32" ? functions.segmentSumFloat : functions.segmentSumInt;
    add(at(x), at(segmentIds), at(sum), rows, sizeOf(rest), numSegments);
    return sum;
  },
);
