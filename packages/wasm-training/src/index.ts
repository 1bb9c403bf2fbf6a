/**
 * What TensorFlow.js's WebAssembly backend lacks for training convolutional networks.
 *
 * @module @pixelcnn/wasm-training
 */

export type {
  CausalAttentionAttributes,
  CausalAttentionGradInputs,
  CausalAttentionInputs,
} from "./attention.ts";
export type { ChannelSumAttributes, ChannelSumInputs } from "./channel-sum.ts";
export type { ReluGradInputs } from "./elementwise.ts";
export type {
  GatedActivationAttributes,
  GatedActivationGradInputs,
  GatedActivationInputs,
} from "./gated-activation.ts";
export type {
  BernoulliNllGradInputs,
  BernoulliNllInputs,
  CategoricalNllGradInputs,
  CategoricalNllInputs,
} from "./likelihood.ts";
export type { TapLstmAttributes, TapLstmGradInputs, TapLstmInputs } from "./lstm.ts";
export { measureMatrixPeak } from "./matrix-peak.ts";
export { type RegisteredKernels, registerTrainingKernels } from "./register-training-kernels.ts";
export type {
  TapConv2DAttributes,
  TapConv2DBackpropFilterInputs,
  TapConv2DBackpropInputInputs,
  TapConv2DInputs,
} from "./tap-convolution.ts";
export { WasmTrainingError } from "./wasm-training-error.ts";
