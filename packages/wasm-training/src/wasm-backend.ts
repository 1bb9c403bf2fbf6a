// The part of tfjs's WebAssembly backend that kernels need: where tensors lie, how to make and drop them.

import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { roundUp } from "./round-up.ts";
import { WasmTrainingError } from "./wasm-training-error.ts";
import { WebAssembly, type WebAssemblyMemory } from "./web-assembly.ts";

/** What this package uses of `BackendWasm` 4.22. */
export interface WasmBackend {
  readonly wasm: { readonly asm: Readonly<Record<string, unknown>> };
  readonly dataIdMap: {
    /** Where the numbers of a tensor begin, a byte address. */
    get(dataId: object): { readonly memoryOffset: number };
  };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
}

/**
 * @returns the heap that every tensor of `backend` lives in. It may grow; addresses in it stay.
 * @throws {WasmTrainingError} if the backend does not expose one.
 */
export function heapMemory(backend: WasmBackend): WebAssemblyMemory {
  const memory = Object.values(backend.wasm?.asm ?? {}).find((value) => value instanceof WebAssembly.Memory);
  if (memory === undefined) {
    throw new WasmTrainingError(
      "The wasm backend exposes no memory: this package fits @tensorflow/tfjs-backend-wasm 4.22.0.",
    );
  }
  return memory;
}

/** @returns the byte address of a tensor's first value. */
export function addressOf(backend: WasmBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/**
 * @returns a new tensor, its values undefined; the caller (in a kernel: tfjs) disposes it.
 * @throws {WasmTrainingError} if the heap is full.
 */
export function makeTensor(backend: WasmBackend, shape: readonly number[], dtype: DataType): TensorInfo {
  const tensor = backend.makeOutput([...shape], dtype);
  if (addressOf(backend, tensor) === 0) {
    backend.disposeData(tensor.dataId);
    throw new WasmTrainingError(`The wasm heap has no room for a ${dtype} tensor of shape [${shape}].`);
  }
  return tensor;
}

/**
 * Lends `use` zones of the heap, one for each of `sizes` (in bytes), each starting on a cache line; they hold
 * whatever was there before.
 *
 * @throws {WasmTrainingError} if the heap is full.
 */
export function withScratch<Result>(
  backend: WasmBackend,
  sizes: readonly number[],
  use: (...addresses: number[]) => Result,
): Result {
  const starts = [0];
  for (const size of sizes) starts.push(roundUp(starts.at(-1)! + size, cacheLine));
  const tensor = makeTensor(backend, [(starts.at(-1)! + cacheLine) / 4], "float32");
  try {
    const first = roundUp(addressOf(backend, tensor), cacheLine);
    return use(...sizes.map((_, zone) => first + starts[zone]!));
  } finally {
    backend.disposeData(tensor.dataId);
  }
}

/** Bytes. */
const cacheLine = 64;

/** Writes int32 values at a byte address of the heap. */
export function writeInts(backend: WasmBackend, address: number, values: readonly number[]): void {
  new Int32Array(heapMemory(backend).buffer, address, values.length).set(values);
}
