/**
 * The few universal APIs that core uses, named here so that the compiler refuses every other one: no DOM library, no Node
 * types. All of them exist in browsers, workers, Node and other runtimes.
 */

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

declare const performance: { now(): number };

declare function atob(base64: string): string;

declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number });
    /** Replaced by a longer one when the memory grows. */
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  /** Compiled code. */
  class Module {
    private constructor();
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function validate(bytes: Uint8Array): boolean;
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: { env: { memory: Memory } }): Promise<Instance>;
}
