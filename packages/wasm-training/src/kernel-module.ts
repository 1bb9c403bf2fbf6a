// The compiled kernels, bound to a backend's heap.

import { kernelModules } from "./kernels.generated.ts";
import { withSharedMemory } from "./shared-memory.ts";
import { heapMemory, type WasmBackend } from "./wasm-backend.ts";
import { WasmTrainingError } from "./wasm-training-error.ts";
import { WebAssembly } from "./web-assembly.ts";

/** A function of the module: addresses in bytes and counts in, nothing out. assembly/ documents each. */
type KernelFunction = (...args: number[]) => void;

/** What assembly/index.ts exports. */
export type KernelFunctions = Readonly<Record<KernelFunctionName, KernelFunction>>;

type KernelFunctionName =
  | "absolute"
  | "add"
  | "bernoulliNll"
  | "bernoulliNllGrad"
  | "categoricalNll"
  | "categoricalNllGrad"
  | "causalPowers"
  | "channelSum"
  | "choose"
  | "convolve"
  | "convolvePairs"
  | "copyIntoFrame"
  | "correlate"
  | "divide"
  | "elu"
  | "exp"
  | "expm1"
  | "gatedActivation"
  | "gatedActivationGrad"
  | "gatedActivationGradOfOutput"
  | "gatherRows"
  | "greater"
  | "logistic"
  | "lstmCellGradients"
  | "lstmCells"
  | "matrixPeak"
  | "maximum"
  | "minimum"
  | "multiply"
  | "multiplyPanels"
  | "negate"
  | "packColumns"
  | "packPanels"
  | "pairFilterGradients"
  | "pairFilters"
  | "pairGradients"
  | "pairInputs"
  | "relu"
  | "reluGrad"
  | "scaleRows"
  | "segmentSumFloat"
  | "segmentSumInt"
  | "softmaxGradients"
  | "softplus"
  | "squareRoot"
  | "subtract"
  | "tanh"
  | "transposeMatrices"
  | "unfold"
  | "zero";

interface Kernels {
  readonly functions: KernelFunctions;
  readonly relaxedSimd: boolean;
}

const bound = new WeakMap<WasmBackend, Kernels>();

/**
 * Binds the kernels on the first call for a backend; later calls return the same.
 *
 * @throws {WasmTrainingError} if the engine has no WebAssembly SIMD, or the backend exposes no memory.
 */
export function bindKernels(backend: WasmBackend): Kernels {
  const known = bound.get(backend);
  if (known !== undefined) return known;
  const memory = heapMemory(backend);
  // tfjs's threaded build has a shared heap, and an import must say which kind it takes.
  const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
  const { module, relaxedSimd } = compile(shared);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = { functions: instance.exports as unknown as KernelFunctions, relaxedSimd };
  bound.set(backend, kernels);
  return kernels;
}

interface Compiled {
  readonly module: object;
  readonly relaxedSimd: boolean;
}

/** By whether the heap is shared. Every computation has a heap of its own, and all of them the same code. */
const compiled = new Map<boolean, Compiled>();

function compile(shared: boolean): Compiled {
  const known = compiled.get(shared);
  if (known !== undefined) return known;
  const relaxed = decode(kernelModules.relaxedSimd);
  const relaxedSimd = WebAssembly.validate(relaxed);
  const bytes = relaxedSimd ? relaxed : decode(kernelModules.simd);
  if (!relaxedSimd && !WebAssembly.validate(bytes)) {
    throw new WasmTrainingError(
      "This engine has no WebAssembly SIMD, which the training kernels are made of.",
    );
  }
  const module = new WebAssembly.Module(shared ? withSharedMemory(bytes) : bytes);
  compiled.set(shared, { module, relaxedSimd });
  return { module, relaxedSimd };
}

/** Base64 to bytes with what browsers, workers and Node share. */
function decode(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
