/**
 * The loss: negative log-likelihood of every value under its logits, in nats, with its gradient.
 *
 *     K levels     L = log Σ_k exp l_k - l_level          dL/dl = softmax(l) - onehot(level)
 *     two levels   L = log(1 + e^l) - l·level             dL/dl = σ(l) - level
 *
 * van den Oord et al. 2016, arXiv:1601.06759, section 3 (categorical).
 */

import {
  abs,
  add,
  cast,
  customGrad,
  exp,
  expandDims,
  log,
  logSumExp,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  sigmoid,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { LikelihoodKind } from "../likelihoods/likelihood.ts";
import { likelihoodOf, logitsPerChannel } from "../likelihoods/likelihoods.ts";
import type { PictureShape } from "../picture.ts";
import { hasKernel, runKernel } from "./fused.ts";

/**
 * Nats of every picture.
 *
 * @param logits [B, H, W, C·K] from `forward`.
 * @param levels [B, H, W, C] float32, levels 0 ... K - 1.
 * @returns [B]. The caller disposes.
 */
export function negativeLogLikelihood(logits: Tensor4D, levels: Tensor4D, picture: PictureShape): Tensor1D {
  return tidy(() => {
    const { kind } = likelihoodOf(picture);
    const values = natsOf[kind](
      reshape(logits, [-1, logitsPerChannel(picture)]),
      reshape(levels, [-1]),
      picture,
    );
    return sum(reshape(values, [levels.shape[0], -1]), 1) as Tensor1D;
  });
}

/** Nats of every value of pictures of this shape: logits [N, logits a channel], levels [N] float32. */
const natsOf: Readonly<Record<LikelihoodKind, Nats>> = {
  bernoulli: (logits, levels) => bernoulli(reshape(logits, [-1]), levels),
  categorical,
};
type Nats = (logits: Tensor2D, levels: Tensor1D, picture: PictureShape) => Tensor1D;

type Saver = (tensors: Tensor[]) => void;

/** @param logits [N] @param levels [N] float32, 0 or 1 */
function bernoulli(logits: Tensor1D, levels: Tensor1D): Tensor1D {
  const fused = hasKernel("BernoulliNll");
  return customGrad((logits, save) => {
    const l = logits as Tensor1D;
    (save as unknown as Saver)([l, levels]);
    const value = fused
      ? runKernel<Tensor1D>("BernoulliNll", { logits: l, labels: levels })
      : sub(add(relu(l), log(add(exp(neg(abs(l))), 1))), mul(l, levels));
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      fused
        ? runKernel("BernoulliNllGrad", { logits: saved[0]!, labels: saved[1]!, dy })
        : mul(sub(sigmoid(saved[0]!), saved[1]!), dy);
    return { value, gradFunc };
  })(logits) as Tensor1D;
}

/** @param logits [N, K] @param levels [N] float32 */
function categorical(logits: Tensor2D, levels: Tensor1D): Tensor1D {
  const labels = cast(levels, "int32");
  const fused = hasKernel("CategoricalNll");
  const chosen = (labels: Tensor) => oneHot(labels, logits.shape[1]) as Tensor2D;
  return customGrad((logits, save) => {
    const l = logits as Tensor2D;
    (save as unknown as Saver)([l, labels]);
    const value = fused
      ? runKernel<Tensor1D>("CategoricalNll", { logits: l, labels })
      : (sub(logSumExp(l, 1), sum(mul(l, chosen(labels)), 1)) as Tensor1D);
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      fused
        ? runKernel("CategoricalNllGrad", { logits: saved[0]!, labels: saved[1]!, dy })
        : mul(sub(softmax(saved[0] as Tensor2D), chosen(saved[1]!)), expandDims(dy, 1));
    return { value, gradFunc };
  })(logits) as Tensor1D;
}
