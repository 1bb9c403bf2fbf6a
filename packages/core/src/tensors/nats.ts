/**
 * Negative log-likelihoods of values under their logits, in nats, and their gradients.
 *
 *     K levels     L = log Σ_k exp l_k - l_level          dL/dl = softmax(l) - onehot(level)
 *     two levels   L = log(1 + e^l) - l·level             dL/dl = σ(l) - level
 *
 * van den Oord et al. 2016, arXiv:1601.06759, section 2.2 (categorical). Levels are float32, as the computation has them.
 */
import {
  abs,
  add,
  cast,
  exp,
  expandDims,
  log,
  logSumExp,
  mul,
  neg,
  oneHot,
  relu,
  sigmoid,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { hasKernel, runKernel } from "./fused.ts";

/** @param logits [N] @param levels [N], 0 or 1 @returns [N] */
export function bernoulliNats(logits: Tensor1D, levels: Tensor1D): Tensor {
  if (hasKernel("BernoulliNll")) return runKernel("BernoulliNll", { logits, labels: levels });
  // log(1 + e^l) by the exponential of -|l|, which does not overflow.
  return sub(add(relu(logits), log(add(exp(neg(abs(logits))), 1))), mul(logits, levels));
}

/** @param dy [N] @returns [N] */
export function bernoulliNatsGradient(logits: Tensor1D, levels: Tensor1D, dy: Tensor1D): Tensor {
  if (hasKernel("BernoulliNllGrad")) return runKernel("BernoulliNllGrad", { logits, labels: levels, dy });
  return mul(sub(sigmoid(logits), levels), dy);
}

/** @param logits [N, K] @param levels [N], 0 … K − 1 @returns [N] */
export function categoricalNats(logits: Tensor2D, levels: Tensor1D): Tensor {
  const labels = cast(levels, "int32");
  if (hasKernel("CategoricalNll")) return runKernel("CategoricalNll", { logits, labels });
  return sub(logSumExp(logits, 1), sum(mul(logits, oneHot(labels, logits.shape[1])), 1));
}

/** @param dy [N] @returns [N, K] */
export function categoricalNatsGradient(logits: Tensor2D, levels: Tensor1D, dy: Tensor1D): Tensor {
  const labels = cast(levels, "int32");
  if (hasKernel("CategoricalNllGrad")) return runKernel("CategoricalNllGrad", { logits, labels, dy });
  return mul(sub(softmax(logits), oneHot(labels, logits.shape[1])), expandDims(dy, 1));
}
