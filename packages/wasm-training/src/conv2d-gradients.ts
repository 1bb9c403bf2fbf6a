// Conv2DBackpropFilter and Conv2DBackpropInput as tfjs-core calls them, on the tap kernels.

import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { noAddends } from "./addends.ts";
import type { ConvolutionGeometry } from "./convolution-plan.ts";
import { runConvolution, runFilterGradient } from "./convolution-run.ts";
import { expect, expectTensor } from "./expectations.ts";
import type { FilterView } from "./filter-view.ts";
import { wasmKernel, wasmReplacement } from "./kernel-call.ts";
import type { Machine } from "./machine.ts";
import { withScratch } from "./wasm-backend.ts";

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
type Conv2DInfo = backend_util.Conv2DInfo;

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

/** dy: [B, H', W', Cout], filter: [KH, KW, Cin, Cout] → [B, H, W, Cin]; NCHW is left to tfjs. */
export const conv2DBackpropInputReplacement = wasmReplacement<
  { dy: TensorInfo; filter: TensorInfo },
  InputAttributes
>("Conv2DBackpropInput", (call, original) => {
  const { dy, filter } = call.inputs;
  const { inputShape, dataFormat } = call.attributes;
  if (dataFormat !== "NHWC") return original();
  const info = convolutionInfo(inputShape, filter.shape as Shape4D, call.attributes);
  expectTensor("Conv2DBackpropInput", "filter", filter, "float32");
  expectTensor("Conv2DBackpropInput", "dy", dy, "float32", info.outShape);
  const dx = call.output(inputShape);
  const { inChannels, outChannels } = info;
  const view = {
    address: call.at(filter),
    tapStep: inChannels * outChannels * 4,
    inStep: 4,
    outStep: outChannels * 4,
    outChannels: inChannels,
  };
  for (const phase of inputPhases(info)) {
    if (phase.isAll) runConvolution(call, phase, call.at(dy), view, noAddends, call.at(dx));
    else runPhase(call, info, phase, call.at(dy), view, call.at(dx));
  }
  return dx;
});

/** The part of dx at rows ≡ `row` and columns ≡ `column` modulo the strides, as a convolution of dy with strides of 1. */
interface InputPhase extends ConvolutionGeometry {
  readonly row: number;
  readonly column: number;
  readonly isAll: boolean;
}

/**
 * Input cell i = stride·m + phase was read by kernel cell k for output (i + padding − k) / stride: only where that is whole,
 * so every phase sees kernel cells of its own, and dy at the negated taps. dy's sides are the input's here and dx's the output's.
 */
function inputPhases(info: Conv2DInfo): InputPhase[] {
  const { strideHeight, strideWidth } = info;
  const offsets = kernelOffsets(info);
  const phases = Array.from({ length: strideHeight * strideWidth }, (_, phase) => {
    const [row, column] = [Math.floor(phase / strideWidth), phase % strideWidth];
    // A cell of another phase reads beyond every picture.
    const step = (distance: number, stride: number) => (distance % stride === 0 ? distance / stride : UNSEEN);
    return {
      row,
      column,
      isAll: strideHeight * strideWidth === 1,
      batch: info.batchSize,
      inHeight: info.outHeight,
      inWidth: info.outWidth,
      outHeight: Math.ceil((info.inHeight - row) / strideHeight),
      outWidth: Math.ceil((info.inWidth - column) / strideWidth),
      strideHeight: 1,
      strideWidth: 1,
      inChannels: info.outChannels,
      offsets: offsets.map((offset, i) =>
        i % 2 === 0 ? step(row - offset, strideHeight) : step(column - offset, strideWidth),
      ),
    };
  });
  return phases.filter(({ outHeight, outWidth }) => outHeight > 0 && outWidth > 0);
}

/** Rows or columns from the picture. */
const UNSEEN = 2 ** 30;

/** Computes a phase by itself and spreads it over dx. */
function runPhase(
  machine: Machine,
  { inHeight, inWidth, inChannels, strideHeight, strideWidth }: Conv2DInfo,
  phase: InputPhase,
  dy: number,
  view: FilterView,
  dx: number,
): void {
  const { batch, outHeight, outWidth, row, column } = phase;
  const pictureBytes = outHeight * outWidth * inChannels * 4;
  withScratch(machine.backend, [batch * pictureBytes], (part) => {
    runConvolution(machine, phase, dy, view, noAddends, part!);
    for (let picture = 0; picture < batch; picture++) {
      machine.functions.copyIntoFrame(
        part! + picture * pictureBytes,
        outHeight,
        outWidth,
        outWidth * inChannels * 4,
        inChannels,
        dx + ((picture * inHeight + row) * inWidth + column) * inChannels * 4,
        strideHeight * inWidth * inChannels * 4,
        strideWidth * inChannels,
      );
    }
  });
}

/** tfjs-core differentiates undilated convolutions only. */
function convolutionInfo(inShape: Shape4D, filterShape: Shape4D, attributes: Attributes): Conv2DInfo {
  const { strides, pad, dimRoundingMode } = attributes;
  return backend_util.computeConv2DInfo(inShape, filterShape, strides, 1, pad, dimRoundingMode);
}

/** Where kernel cell (ky, kx) reads for output position (0, 0), row by row. */
function kernelOffsets(info: Conv2DInfo): number[] {
  const { filterHeight, filterWidth, padInfo } = info;
  return Array.from({ length: filterHeight * filterWidth }, (_, cell) => [
    Math.floor(cell / filterWidth) - padInfo.top,
    (cell % filterWidth) - padInfo.left,
  ]).flat();
}
