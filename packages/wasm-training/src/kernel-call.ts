// From tfjs's calling convention to a kernel's body.

import type { KernelConfig, KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import { bindKernels, type KernelFunctions } from "./kernel-module.ts";
import { addressOf, makeTensor, type WasmBackend } from "./wasm-backend.ts";

/** What a kernel's body works with. */
export interface KernelCall<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly attributes: Attributes;
  readonly backend: WasmBackend;
  readonly functions: KernelFunctions;
  /** Byte address of a tensor. */
  at(tensor: TensorInfo): number;
  /** A new float32 tensor, its values undefined. */
  output(shape: readonly number[]): TensorInfo;
}

/** @returns what tfjs's `registerKernel` takes, for the backend named `wasm`. */
export function wasmKernel<Inputs, Attributes>(
  kernelName: string,
  body: (call: KernelCall<Inputs, Attributes>) => TensorInfo,
): KernelConfig {
  return { kernelName, backendName: "wasm", kernelFunc: (given) => body(toCall(given)) };
}

/** A kernel that takes the place of tfjs's own, and may hand cases on to it. */
export interface Replacement {
  readonly kernelName: string;
  /** @returns the kernel to register instead of `original`, whose set-up it keeps. */
  replace(original: KernelConfig): KernelConfig;
}

/** @returns a replacement whose body may return `original()` for cases that it leaves to tfjs. */
export function wasmReplacement<Inputs, Attributes>(
  kernelName: string,
  body: (call: KernelCall<Inputs, Attributes>, original: OriginalKernel) => TensorInfo,
): Replacement {
  return {
    kernelName,
    replace: (config) => ({
      ...config,
      kernelFunc: (given) =>
        body(toCall(given), (changed) => config.kernelFunc({ ...given, ...changed }) as TensorInfo),
    }),
  };
}

/** Runs the replaced kernel, on other inputs or attributes if given. */
export type OriginalKernel = (changed?: Partial<Parameters<KernelFunc>[0]>) => TensorInfo;

function toCall<Inputs, Attributes>(given: Parameters<KernelFunc>[0]): KernelCall<Inputs, Attributes> {
  const backend = given.backend as WasmBackend;
  return {
    inputs: given.inputs as Inputs,
    attributes: (given.attrs ?? {}) as Attributes,
    backend,
    functions: bindKernels(backend).functions,
    at: (tensor) => addressOf(backend, tensor),
    output: (shape) => makeTensor(backend, shape, "float32"),
  };
}
