// Conv2DBackpropFilter and Conv2DBackpropInput as tfjs-core calls them, on the tap kernels.

import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { runConvolution, runFilterGradient } from "./convolution-run.ts";
import { expect, expectTensor } from "./expectations.ts";
import { wasmKernel, wasmReplacement } from "./kernel-call.ts";

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad:
    | "valid"
    | "same"
    | number
    | [[number, number], [number, number], [number, number], [number, number]];
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

interface FilterAttributes extends Attributes {
  readonly filterShape: [number, number, number, number];
}

interface InputAttributes extends Attributes {
  readonly inputShape: [number, number, number, number];
}

type Shape4D = [number, number, number, number];

/** x: [B, H, W, Cin], dy: [B, H', W', Cout] → [KH, KW, Cin, Cout]; any strides and padding, NHWC. */
export const conv2DBackpropFilterKernel = wasmKernel<{ x: TensorInfo; dy: TensorInfo }, FilterAttributes>(
  "Conv2DBackpropFilter",
  (call) => {
    const { x, dy } = call.inputs;
    const { filterShape, dataFormat } = call.attributes;
    expect(
      dataFormat === "NHWC",
      () => `Conv2DBackpropFilter: dataFormat must be NHWC on wasm, not ${dataFormat}.`,
    );
    expectTensor("Conv2DBackpropFilter", "x", x, "float32", [null, null, null, filterShape[2]]);
    const info = convolutionInfo(x.shape as Shape4D, filterShape, call.attributes);
    expectTensor("Conv2DBackpropFilter", "dy", dy, "float32", info.outShape);
    const dfilter = call.output(filterShape);
    const geometry = {
      batch: info.batchSize,
      inHeight: info.inHeight,
      inWidth: info.inWidth,
      outHeight: info.outHeight,
      outWidth: info.outWidth,
      strideHeight: info.strideHeight,
      strideWidth: info.strideWidth,
      inChannels: info.inChannels,
      offsets: kernelOffsets(info),
    };
    runFilterGradient(call, geometry, call.at(x), call.at(dy), info.outChannels, call.at(dfilter));
    return dfilter;
  },
);

/** dy: [B, H', W', Cout], filter: [KH, KW, Cin, Cout] → [B, H, W, Cin]; strides above 1 and NCHW are left to tfjs. */
export const conv2DBackpropInputReplacement = wasmReplacement<
  { dy: TensorInfo; filter: TensorInfo },
  InputAttributes
>("Conv2DBackpropInput", (call, original) => {
  const { dy, filter } = call.inputs;
  const { inputShape, dataFormat } = call.attributes;
  if (dataFormat !== "NHWC") return original();
  const info = convolutionInfo(inputShape, filter.shape as Shape4D, call.attributes);
  if (info.strideHeight !== 1 || info.strideWidth !== 1) return original();
  expectTensor("Conv2DBackpropInput", "filter", filter, "float32");
  expectTensor("Conv2DBackpropInput", "dy", dy, "float32", info.outShape);
  const dx = call.output(inputShape);
  const { inChannels, outChannels } = info;
  // dx reads dy at the negated taps; dy's sides are the input's here and dx's the output's.
  const geometry = {
    batch: info.batchSize,
    inHeight: info.outHeight,
    inWidth: info.outWidth,
    outHeight: info.inHeight,
    outWidth: info.inWidth,
    strideHeight: 1,
    strideWidth: 1,
    inChannels: outChannels,
    offsets: kernelOffsets(info).map((offset) => -offset),
  };
  const view = {
    address: call.at(filter),
    tapStep: inChannels * outChannels * 4,
    inStep: 4,
    outStep: outChannels * 4,
    outChannels: inChannels,
  };
  runConvolution(call, geometry, call.at(dy), view, null, call.at(dx));
  return dx;
});

/** tfjs-core differentiates undilated convolutions only. */
function convolutionInfo(inShape: Shape4D, filterShape: Shape4D, attributes: Attributes) {
  const { strides, pad, dimRoundingMode } = attributes;
  return backend_util.computeConv2DInfo(inShape, filterShape, strides, 1, pad, dimRoundingMode);
}

/** Where kernel cell (ky, kx) reads for output position (0, 0), row by row. */
function kernelOffsets(info: ReturnType<typeof convolutionInfo>): number[] {
  const { filterHeight, filterWidth, padInfo } = info;
  return Array.from({ length: filterHeight * filterWidth }, (_, cell) => [
    Math.floor(cell / filterWidth) - padInfo.top,
    (cell % filterWidth) - padInfo.left,
  ]).flat();
}
