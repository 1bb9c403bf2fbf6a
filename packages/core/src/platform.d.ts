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

interface MessagePort {
  postMessage(message: unknown): void;
  close(): void;
}

declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}
