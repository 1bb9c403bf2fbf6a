// ChannelSum: the sum over all axes but the last, which is what a bias's gradient is.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expect, expectTensor, sizeOf } from "./expectations.ts";
import { wasmKernel } from "./kernel-call.ts";
import { withScratch } from "./wasm-backend.ts";

/** x: [..., C] float32, rank >= 1. */
export interface ChannelSumInputs {
  readonly x: TensorInfo;
}

/** [..., C] → [C]; float32 runs of 32 rows, added up in float64. */
export const channelSumKernel = wasmKernel<ChannelSumInputs, unknown>(
  "ChannelSum",
  ({ inputs: { x }, backend, functions, at, output }) => {
    expectTensor("ChannelSum", "x", x, "float32");
    expect(x.shape.length > 0, () => "ChannelSum: x must have a channel axis, not be a scalar.");
    const channels = x.shape.at(-1)!;
    const sum = output([channels]);
    withScratch(backend, [channels * 4 * 8], (sums) =>
      functions.channelSum(at(x), sizeOf(x.shape.slice(0, -1)), channels, sums!, at(sum)),
    );
    return sum;
  },
);
