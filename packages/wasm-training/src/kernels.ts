/**
 * The second door: the kernels by address, in a heap of their own, for whoever computes without TensorFlow.js.
 *
 * @module @pixelcnn/wasm-training/kernels
 */

export type { Addends } from "./addends.ts";
export { type AttentionGeometry, runAttention, runAttentionGradient } from "./attention-run.ts";
export { type ConvolutionGeometry, sameSize } from "./convolution-plan.ts";
export { runConvolution, runFilterGradient } from "./convolution-run.ts";
export type { FilterView } from "./filter-view.ts";
export { bindKernels, type KernelFunctions } from "./kernel-module.ts";
export { type LstmGeometry, type LstmPlan, planLstm } from "./lstm-plan.ts";
export { runLstm, runLstmGradient } from "./lstm-run.ts";
export type { Machine } from "./machine.ts";
export { OwnHeap } from "./own-heap.ts";
export { withScratch, writeInts } from "./wasm-backend.ts";
