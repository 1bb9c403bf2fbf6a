// TapConv2D and its two gradients: a convolution that states its taps one by one.
//
//   y[b, i, j, o] = bias[o] + pictureBias[b, o] + addend[b, i, j, o] + Σ_t Σ_c x[b, i + dy_t, j + dx_t, c]·filter[t, c, o]
//
// x is zero outside the picture, y is as large as x. Masked, causal and dilated convolutions need no padding, no
// cropping and no zero weights this way. Memory beyond inputs and output: one packed filter and one framed picture.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Addends } from "./addends.ts";
import { sameSize } from "./convolution-plan.ts";
import { runConvolution, runFilterGradient } from "./convolution-run.ts";
import { expect, expectTensor } from "./expectations.ts";
import { type KernelCall, wasmKernel } from "./kernel-call.ts";

/** What the sums start from, all float32: with the result [B, H, W, C], bias [C], pictureBias [B, C] and addend [B, H, W, C]. */
export interface TapConv2DAddends {
  readonly bias?: TensorInfo;
  readonly pictureBias?: TensorInfo;
  readonly addend?: TensorInfo;
}

/** x: [B, H, W, Cin], filter: [T, Cin, Cout]; both float32. */
export interface TapConv2DInputs extends TapConv2DAddends {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
}

/** dy: [B, H, W, Cout], filter: [T, Cin, Cout]; both float32. */
export interface TapConv2DBackpropInputInputs extends TapConv2DAddends {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** x: [B, H, W, Cin], dy: [B, H, W, Cout]; both float32. */
export interface TapConv2DBackpropFilterInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** `offsets`: flattened (dy, dx) pairs, one a tap, any integers; dilation is already in them. */
export interface TapConv2DAttributes {
  readonly offsets: readonly number[];
}

/** → y: [B, H, W, Cout] */
export const tapConv2DKernel = wasmKernel<TapConv2DInputs, TapConv2DAttributes>("TapConv2D", (call) => {
  const { x, filter } = call.inputs;
  const taps = tapCount("TapConv2D", call.attributes);
  expectTensor("TapConv2D", "x", x, "float32", [null, null, null, null]);
  expectTensor("TapConv2D", "filter", filter, "float32", [taps, x.shape[3]!, null]);
  const [inChannels, outChannels] = filter.shape.slice(1) as [number, number];
  const addends = addendsOf("TapConv2D", call, [...x.shape.slice(0, 3), outChannels]);
  const y = call.output([...x.shape.slice(0, 3), outChannels]);
  const view = {
    address: call.at(filter),
    tapStep: inChannels * outChannels * 4,
    inStep: outChannels * 4,
    outStep: 4,
    outChannels,
  };
  const geometry = sameSize(x.shape, call.attributes.offsets);
  runConvolution(call, geometry, call.at(x), view, addends, call.at(y));
  return y;
});

/** → dx: [B, H, W, Cin]; the same convolution of dy, with offsets negated and every tap's matrix transposed. */
export const tapConv2DBackpropInputKernel = wasmKernel<TapConv2DBackpropInputInputs, TapConv2DAttributes>(
  "TapConv2DBackpropInput",
  (call) => {
    const { dy, filter } = call.inputs;
    const taps = tapCount("TapConv2DBackpropInput", call.attributes);
    expectTensor("TapConv2DBackpropInput", "dy", dy, "float32", [null, null, null, null]);
    expectTensor("TapConv2DBackpropInput", "filter", filter, "float32", [taps, null, dy.shape[3]!]);
    const [inChannels, outChannels] = filter.shape.slice(1) as [number, number];
    const addends = addendsOf("TapConv2DBackpropInput", call, [...dy.shape.slice(0, 3), inChannels]);
    const dx = call.output([...dy.shape.slice(0, 3), inChannels]);
    const view = {
      address: call.at(filter),
      tapStep: inChannels * outChannels * 4,
      inStep: 4,
      outStep: outChannels * 4,
      outChannels: inChannels,
    };
    const negated = call.attributes.offsets.map((offset) => -offset);
    runConvolution(call, sameSize(dy.shape, negated), call.at(dy), view, addends, call.at(dx));
    return dx;
  },
);

/** → dfilter: [T, Cin, Cout]; blockwise partial sums keep its float32 error small. */
export const tapConv2DBackpropFilterKernel = wasmKernel<TapConv2DBackpropFilterInputs, TapConv2DAttributes>(
  "TapConv2DBackpropFilter",
  (call) => {
    const { x, dy } = call.inputs;
    const taps = tapCount("TapConv2DBackpropFilter", call.attributes);
    expectTensor("TapConv2DBackpropFilter", "x", x, "float32", [null, null, null, null]);
    expectTensor("TapConv2DBackpropFilter", "dy", dy, "float32", [...x.shape.slice(0, 3), null]);
    const outChannels = dy.shape[3]!;
    const dfilter = call.output([taps, x.shape[3]!, outChannels]);
    const geometry = sameSize(x.shape, call.attributes.offsets);
    runFilterGradient(call, geometry, call.at(x), call.at(dy), outChannels, call.at(dfilter));
    return dfilter;
  },
);

/** @param shape [B, H, W, C] of the result. */
function addendsOf(kernel: string, call: KernelCall<TapConv2DAddends, unknown>, shape: number[]): Addends {
  const [batch, , , channels] = shape as [number, number, number, number];
  const addressOf = (name: keyof TapConv2DAddends, expected: number[]): number | null => {
    const tensor = call.inputs[name];
    // tfjs hands an absent optional input on as null or undefined.
    if (tensor === undefined || tensor === null) return null;
    expectTensor(kernel, name, tensor, "float32", expected);
    return call.at(tensor);
  };
  return {
    bias: addressOf("bias", [channels]),
    pictureBias: addressOf("pictureBias", [batch, channels]),
    elements: addressOf("addend", shape),
  };
}

function tapCount(kernel: string, { offsets }: TapConv2DAttributes): number {
  expect(
    Array.isArray(offsets) &&
      offsets.length > 0 &&
      offsets.length % 2 === 0 &&
      offsets.every((offset) => Number.isSafeInteger(offset)),
    () => `${kernel}: offsets must be whole (dy, dx) pairs, flattened, at least one; got [${offsets}].`,
  );
  return offsets.length / 2;
}
