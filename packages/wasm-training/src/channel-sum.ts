// ChannelSum: the sum over all axes but the last and some leading ones, which is what the gradients of biases are: one for all pictures, or one a
// picture.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expect, expectTensor, sizeOf } from "./expectations.ts";
import { wasmKernel } from "./kernel-call.ts";
import { withScratch } from "./wasm-backend.ts";

/** x: [..., C] float32, rank >= 1. */
export interface ChannelSumInputs {
  readonly x: TensorInfo;
}

/** `kept`: number of leading axes that stay, 0 by default. */
export interface ChannelSumAttributes {
  readonly kept?: number;
}

/** [K..., ..., C] → [K..., C]; float32 runs of 32 rows, added up in float64. */
export const channelSumKernel = wasmKernel<ChannelSumInputs, ChannelSumAttributes>(
  "ChannelSum",
  ({ inputs: { x }, attributes: { kept = 0 }, backend, functions, at, output }) => {
    expectTensor("ChannelSum", "x", x, "float32");
    const axes = x.shape.length;
    expect(axes > 0, () => "ChannelSum: x must have a channel axis, not be a scalar.");
    expect(
      Number.isInteger(kept) && kept >= 0 && kept < axes,
      () => `ChannelSum: kept must be less than the ${axes} axes of x, and 0 or more; got ${kept}.`,
    );
    const channels = x.shape.at(-1)!;
    const leading = x.shape.slice(0, kept);
    const rows = sizeOf(x.shape.slice(kept, -1));
    const sum = output([...leading, channels]);
    withScratch(backend, [channels * 4 * 8], (sums) => {
      for (let part = 0; part < sizeOf(leading); part++) {
        const from = at(x) + part * rows * channels * 4;
        functions.channelSum(from, rows, channels, sums!, at(sum) + part * channels * 4);
      }
    });
    return sum;
  },
);
