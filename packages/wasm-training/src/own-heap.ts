// A heap without TensorFlow.js: what the kernels need of its backend, over a memory of their own.

import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { roundUp } from "./round-up.ts";
import type { WasmBackend } from "./wasm-backend.ts";
import { WasmTrainingError } from "./wasm-training-error.ts";
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

  /**
   * @param bytes the caller's part: addresses 0 to `bytes` − 1, zeros at first.
   * @throws {WasmTrainingError} for more than WebAssembly can address, or the system gives.
   */
  constructor(bytes: number) {
    this.#top = roundUp(bytes, CACHE_LINE);
    const initial = pagesOf(this.#top);
    this.wasm = { asm: { memory: taken(this.#top, () => new WebAssembly.Memory({ initial })) } };
    this.#view();
  }

  /** Lends a zone above all others. @throws {WasmTrainingError} where there is no room for it. */
  makeOutput(shape: number[], dtype: DataType): TensorInfo {
    const zone: Zone = { memoryOffset: this.#top };
    const size = shape.reduce((product, length) => product * length, 1);
    const top = this.#top + roundUp(4 * size, CACHE_LINE);
    const { memory } = this.wasm.asm;
    const missing = pagesOf(top) - memory.buffer.byteLength / PAGE;
    if (missing > 0) {
      taken(top, () => memory.grow(missing));
      this.#view();
    }
    this.#top = top;
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
const MIB = 2 ** 20;

/** What WebAssembly can address, but for a page: an address of its end would be 0 again. */
const MOST_BYTES = 2 ** 32 - PAGE;

/** What `take` takes, of a memory that has so many bytes then. */
function taken<Memory>(bytes: number, take: () => Memory): Memory {
  const mib = (bytes: number) => `${Math.ceil(bytes / MIB).toLocaleString("en-US")} MiB`;
  if (bytes > MOST_BYTES) {
    throw new WasmTrainingError(
      `expected a computation of at most ${mib(MOST_BYTES)}, got one of ${mib(bytes)}; choose a smaller batch (--batch-size)`,
    );
  }
  try {
    return take();
  } catch (error) {
    throw new WasmTrainingError(
      `expected ${mib(bytes)} of memory, got none; free some, or choose a smaller batch (--batch-size)`,
      { cause: error },
    );
  }
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE);
}
