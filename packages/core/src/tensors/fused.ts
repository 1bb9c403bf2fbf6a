/**
 * Fused kernels by name. A backend may register faster kernels for what this sampler does most (packages/wasm-training does);
 * where it has none, the same thing is composed of ordinary TensorFlow.js operations. That lookup is the only place where
 * backends differ.
 *
 * TensorFlow.js offers no typed door for kernels outside its own list, hence the casts.
 */
import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from "@tensorflow/tfjs-core";

export type FusedKernel =
  | "TapConv2D"
  | "TapConv2DBackpropInput"
  | "TapConv2DBackpropFilter"
  | "ChannelSum"
  | "ReluGrad"
  | "GatedActivation"
  | "GatedActivationGrad"
  | "CausalAttention"
  | "CausalAttentionGrad"
  | "TapLstm"
  | "TapLstmGrad"
  | "CategoricalNll"
  | "CategoricalNllGrad"
  | "BernoulliNll"
  | "BernoulliNllGrad";

/** Has the current backend registered this kernel? */
export function hasKernel(name: FusedKernel): boolean {
  return getKernel(name, getBackend()) !== undefined;
}

export function runKernel<T extends Tensor>(
  name: FusedKernel,
  inputs: Record<string, Tensor>,
  attributes: Record<string, unknown> = {},
): T {
  return engine().runKernel(name, inputs as NamedTensorMap, attributes as NamedAttrMap) as unknown as T;
}
