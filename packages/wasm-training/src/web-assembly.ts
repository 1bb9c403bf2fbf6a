// The part of the WebAssembly API that this package uses. TypeScript types it in the DOM library alone, although
// every engine has it; stated here, the package needs neither that library nor Node's types.

/** An instance's memory; `buffer` is replaced by a longer one when it grows. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike;
  /** Makes it longer by so many pages of 64 KiB; the buffer before is empty then. */
  grow(pages: number): number;
}

interface WebAssemblyApi {
  readonly Memory: {
    new (descriptor: { initial: number; maximum?: number; shared?: boolean }): WebAssemblyMemory;
  };
  readonly Module: { new (bytes: Uint8Array): object };
  readonly Instance: {
    new (
      module: object,
      imports: { env: { memory: WebAssemblyMemory } },
    ): { readonly exports: Record<string, unknown> };
  };
  validate(bytes: Uint8Array): boolean;
}

export const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
