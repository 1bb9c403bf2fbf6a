// Negative log-likelihoods of logits, in nats, and their gradients.

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { expectTensor } from "./expectations.ts";
import { wasmKernel } from "./kernel-call.ts";

/** logits: [N, K] float32; labels: [N] int32 in 0 … K − 1 (any other label makes its row NaN). */
export interface CategoricalNllInputs {
  readonly logits: TensorInfo;
  readonly labels: TensorInfo;
}

/** As for `CategoricalNll`, and dy: [N] float32. */
export interface CategoricalNllGradInputs extends CategoricalNllInputs {
  readonly dy: TensorInfo;
}

/** logits and labels: [N] float32, labels 0 or 1 (fractions are weighed). */
export interface BernoulliNllInputs {
  readonly logits: TensorInfo;
  readonly labels: TensorInfo;
}

/** As for `BernoulliNll`, and dy: [N] float32. */
export interface BernoulliNllGradInputs extends BernoulliNllInputs {
  readonly dy: TensorInfo;
}

/** [N] nll = log Σ_k e^{l_k} − l_label */
export const categoricalNllKernel = wasmKernel<CategoricalNllInputs, unknown>(
  "CategoricalNll",
  ({ inputs: { logits, labels }, functions, at, output }) => {
    expectTensor("CategoricalNll", "logits", logits, "float32", [null, null]);
    const [count, levels] = logits.shape as [number, number];
    expectTensor("CategoricalNll", "labels", labels, "int32", [count]);
    const nll = output([count]);
    functions.categoricalNll(at(logits), at(labels), at(nll), count, levels);
    return nll;
  },
);

/** [N, K] dlogits = (softmax(l) − onehot(label))·dy */
export const categoricalNllGradKernel = wasmKernel<CategoricalNllGradInputs, unknown>(
  "CategoricalNllGrad",
  ({ inputs: { logits, labels, dy }, functions, at, output }) => {
    expectTensor("CategoricalNllGrad", "logits", logits, "float32", [null, null]);
    const [count, levels] = logits.shape as [number, number];
    expectTensor("CategoricalNllGrad", "labels", labels, "int32", [count]);
    expectTensor("CategoricalNllGrad", "dy", dy, "float32", [count]);
    const dlogits = output(logits.shape);
    functions.categoricalNllGrad(at(logits), at(labels), at(dy), at(dlogits), count, levels);
    return dlogits;
  },
);

/** [N] nll = softplus(l) − l·x */
export const bernoulliNllKernel = wasmKernel<BernoulliNllInputs, unknown>(
  "BernoulliNll",
  ({ inputs: { logits, labels }, functions, at, output }) => {
    expectTensor("BernoulliNll", "logits", logits, "float32", [null]);
    expectTensor("BernoulliNll", "labels", labels, "float32", logits.shape);
    const nll = output(logits.shape);
    functions.bernoulliNll(at(logits), at(labels), at(nll), logits.shape[0]!);
    return nll;
  },
);

/** [N] dlogits = (σ(l) − x)·dy */
export const bernoulliNllGradKernel = wasmKernel<BernoulliNllGradInputs, unknown>(
  "BernoulliNllGrad",
  ({ inputs: { logits, labels, dy }, functions, at, output }) => {
    expectTensor("BernoulliNllGrad", "logits", logits, "float32", [null]);
    expectTensor("BernoulliNllGrad", "labels", labels, "float32", logits.shape);
    expectTensor("BernoulliNllGrad", "dy", dy, "float32", logits.shape);
    const dlogits = output(logits.shape);
    functions.bernoulliNllGrad(at(logits), at(labels), at(dy), at(dlogits), logits.shape[0]!);
    return dlogits;
  },
);
