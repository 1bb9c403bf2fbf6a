/**
 * The part of the WebAssembly API that this room uses. Every engine has it, but only the DOM library types it; stated in a
 * module, it is known to packages that compile these sources with other libraries too.
 */

export interface WasmMemory {
  /** Replaced by a longer one when the memory grows. */
  readonly buffer: ArrayBuffer;
  /** @throws {RangeError} when there is no room for so many pages of 64 KiB. */
  grow(pages: number): number;
}

/** Compiled code. */
export type WasmModule = object & { readonly [Symbol.toStringTag]: "WebAssembly.Module" };

interface WasmApi {
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ): Promise<{ readonly exports: Readonly<Record<string, unknown>> }>;
}

/** Undefined in an engine without it. */
export const webAssembly = (globalThis as { WebAssembly?: WasmApi }).WebAssembly;
