// The one door: puts this package's kernels into tfjs-core's registry for the backend named `wasm`.

import {
  engine,
  getKernel,
  type KernelConfig,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { causalAttentionGradKernel, causalAttentionKernel } from "./attention.ts";
import { batchMatMulReplacement } from "./batch-mat-mul.ts";
import { channelSumKernel } from "./channel-sum.ts";
import { conv2DBackpropFilterKernel, conv2DBackpropInputReplacement } from "./conv2d-gradients.ts";
import { dataMovementReplacements } from "./data-movement.ts";
import { elementwiseReplacements, reluGradKernel } from "./elementwise.ts";
import { gatedActivationGradKernel, gatedActivationKernel } from "./gated-activation.ts";
import { bindKernels } from "./kernel-module.ts";
import {
  bernoulliNllGradKernel,
  bernoulliNllKernel,
  categoricalNllGradKernel,
  categoricalNllKernel,
} from "./likelihood.ts";
import { tapLstmGradKernel, tapLstmKernel } from "./lstm.ts";
import {
  tapConv2DBackpropFilterKernel,
  tapConv2DBackpropInputKernel,
  tapConv2DKernel,
} from "./tap-convolution.ts";
import { unsortedSegmentSumKernel } from "./unsorted-segment-sum.ts";
import type { WasmBackend } from "./wasm-backend.ts";
import { WasmTrainingError } from "./wasm-training-error.ts";

/** What `registerTrainingKernels` did. */
export interface RegisteredKernels {
  /** Standard names that the backend lacked. */
  readonly added: readonly string[];
  /** Standard names whose kernels were replaced by faster ones. */
  readonly replaced: readonly string[];
  /** Names of this package's own, for `getKernel(name, "wasm")` or `engine().runKernel(name, …)`. */
  readonly fused: readonly string[];
  /** Whether multiply-adds are fused (relaxed SIMD), or plain SIMD is used. */
  readonly relaxedSimd: boolean;
}

const standardKernels: readonly KernelConfig[] = [conv2DBackpropFilterKernel, unsortedSegmentSumKernel];

const replacements = [
  conv2DBackpropInputReplacement,
  batchMatMulReplacement,
  ...elementwiseReplacements,
  ...dataMovementReplacements,
];

const fusedKernels: readonly KernelConfig[] = [
  tapConv2DKernel,
  tapConv2DBackpropInputKernel,
  tapConv2DBackpropFilterKernel,
  channelSumKernel,
  gatedActivationKernel,
  gatedActivationGradKernel,
  causalAttentionKernel,
  causalAttentionGradKernel,
  tapLstmKernel,
  tapLstmGradKernel,
  categoricalNllKernel,
  categoricalNllGradKernel,
  bernoulliNllKernel,
  bernoulliNllGradKernel,
  reluGradKernel,
];

let areRegistered = false;

/**
 * Registers the kernels for the backend named `wasm`; further calls change nothing and return the same.
 *
 * Call it after `await tf.setBackend("wasm"); await tf.ready()`.
 *
 * @throws {WasmTrainingError} if the wasm backend is not initialised, or the engine has no WebAssembly SIMD.
 */
export function registerTrainingKernels(): RegisteredKernels {
  const { relaxedSimd } = bindKernels(registeredBackend());
  if (!areRegistered) {
    for (const kernel of [...standardKernels, ...fusedKernels]) register(kernel);
    for (const { kernelName, replace } of replacements) {
      const original = getKernel(kernelName, "wasm");
      if (original === undefined) {
        throw new WasmTrainingError(
          `The wasm backend has no ${kernelName}: this package fits version 4.22.0.`,
        );
      }
      register(replace(original));
    }
    areRegistered = true;
  }
  return {
    added: standardKernels.map(({ kernelName }) => kernelName),
    replaced: replacements.map(({ kernelName }) => kernelName),
    fused: fusedKernels.map(({ kernelName }) => kernelName),
    relaxedSimd,
  };
}

/**
 * @returns the initialised wasm backend.
 * @throws {WasmTrainingError} if there is none.
 */
export function registeredBackend(): WasmBackend {
  // `findBackend` would start one; the registry only tells.
  const backend = engine().registry.wasm;
  if (backend === undefined) {
    throw new WasmTrainingError(
      'The wasm backend is not initialised: first `await tf.setBackend("wasm")` and `await tf.ready()`.',
    );
  }
  return backend as unknown as WasmBackend;
}

function register(kernel: KernelConfig): void {
  if (getKernel(kernel.kernelName, "wasm") !== undefined) unregisterKernel(kernel.kernelName, "wasm");
  registerKernel(kernel);
}
