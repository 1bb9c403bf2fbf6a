// A heap without TensorFlow.js: what the kernels need of its backend, over a memory of their own.

import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { roundUp } from "./round-up.ts";
import type { WasmBackend } from "./wasm-backend.ts";
import { WebAssembly, type WebAssemblyMemory } from "./web-assembly.ts";

/**
 * A memory whose lower part belongs to the caller, to whom every address in it is known; zones that kernels borrow are a stack above it. It grows when
 * it must: `floats`, `integers` and `words` are then other views of the same numbers, so ask for them anew after every kernel.
 */
export class OwnHeap implements WasmBackend {
  readonly wasm: { readonly asm: { readonly memory: WebAssemblyMemory } };
  readonly dataIdMap: WasmBackend["dataIdMap"] = { get: (dataId) => dataId as Zone };
  floats!: Float32Array;
  integers!: Int32Array;
  words!: Uint32Array;
  /** Byte address above which nothing is lent. */
  #top: number;

  /** @param bytes the caller's part: addresses 0 to `bytes` − 1, zeros at first. */
  constructor(bytes: number) {
    this.#top = roundUp(bytes, CACHE_LINE);
    this.wasm = { asm: { memory: new WebAssembly.Memory({ initial: pagesOf(this.#top) }) } };
    this.#view();
  }

  /** Lends a zone above all others. */
  makeOutput(shape: number[], dtype: DataType): TensorInfo {
    const zone: Zone = { memoryOffset: this.#top };
    this.#top += roundUp(4 * shape.reduce((product, length) => product * length, 1), CACHE_LINE);
    const { memory } = this.wasm.asm;
    const missing = pagesOf(this.#top) - memory.buffer.byteLength / PAGE;
    if (missing > 0) {
      memory.grow(missing);
      this.#view();
    }
    return { dataId: zone, shape, dtype };
  }

  /** Zones have one user. */
  incRef(): void {}

  /** The zone that was lent last comes back first. */
  disposeData(dataId: object): boolean {
    this.#top = (dataId as Zone).memoryOffset;
    return true;
  }

  #view(): void {
    const { buffer } = this.wasm.asm.memory;
    this.floats = new Float32Array(buffer);
    this.integers = new Int32Array(buffer);
    this.words = new Uint32Array(buffer);
  }
}

interface Zone {
  readonly memoryOffset: number;
}

/** Bytes. */
const CACHE_LINE = 64;
const PAGE = 65_536;

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE);
}
