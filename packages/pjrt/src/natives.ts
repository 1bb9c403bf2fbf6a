/**
 * Who frees what the plugin allocated. Each native object is entered here under a token; `free` destroys it once, the finaliser of a handle that
 * was forgotten does the same, and the client's end destroys whatever is left, so that nothing is freed after its client.
 */
import type { CApi } from "./c-api/c-api.ts";
import { UsageError } from "./errors.ts";

/** A kind of native object that a client owns. */
export type NativeKind = "buffer" | "executable";

/** Stands for one native object. Handles hold it; it holds no handle, so a forgotten handle can be collected. */
export interface NativeToken {
  readonly kind: NativeKind;
  readonly address: bigint;
}

export class Natives {
  private readonly live = new Set<NativeToken>();
  private readonly calls = new Set<Promise<unknown>>();
  private readonly forgotten = new FinalizationRegistry<NativeToken>((token) => this.free(token));
  private closed = false;

  constructor(private readonly api: CApi) {}

  /** How many native objects are not freed yet, by kind. */
  count(kind: NativeKind): number {
    let found = 0;
    for (const token of this.live) if (token.kind === kind) found++;
    return found;
  }

  /** Enters a native object that `handle` will stand for. */
  own(handle: object, kind: NativeKind, address: bigint): NativeToken {
    const token = { kind, address };
    this.live.add(token);
    this.forgotten.register(handle, token, token);
    return token;
  }

  /** Destroys a native object, unless that was done. */
  free(token: NativeToken): void {
    if (!this.live.delete(token)) return;
    this.forgotten.unregister(token);
    if (token.kind === "buffer") this.api.call("Buffer_Destroy", { buffer: token.address });
    else this.api.call("LoadedExecutable_Destroy", { executable: token.address });
  }

  /**
   * A native object's address, for a call now.
   * @throws {UsageError} after it was freed
   */
  addressOf(token: NativeToken): bigint {
    if (!this.live.has(token)) {
      throw new UsageError(
        `expected a live ${token.kind}, got one that was disposed of or donated to an execution; keep what execute() returns instead`,
      );
    }
    return token.address;
  }

  /**
   * Counts a call as under way until it has settled: the client's end waits for it.
   * @throws {UsageError} after the client's end
   */
  during<T>(call: () => Promise<T>): Promise<T> {
    if (this.closed)
      return Promise.reject(new UsageError("expected a live client, got one that was disposed of"));
    const promise = call();
    this.calls.add(promise);
    const end = (): void => void this.calls.delete(promise);
    promise.then(end, end);
    return promise;
  }

  /** Waits for the calls under way, then destroys everything that is left. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.calls.size > 0) await Promise.allSettled(this.calls);
    for (const token of [...this.live]) this.free(token);
  }
}
