// The second door: the kernels by address, in a heap of their own, for whoever computes without TensorFlow.js.

export { type ConvolutionGeometry, sameSize } from "./convolution-plan.ts";
export { type FilterView, type Machine, runConvolution, runFilterGradient } from "./convolution-run.ts";
export { bindKernels, type KernelFunctions } from "./kernel-module.ts";
export { OwnHeap } from "./own-heap.ts";
export { withScratch, writeInts } from "./wasm-backend.ts";
