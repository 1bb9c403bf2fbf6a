import type { StartableBackend } from "./names.ts";

/** What this package refuses or could not do, in one line. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  /** What is the matter, without what to do about it where {@link fix} says that. */
  readonly reason: string;
  /** What to do about it, one command where there is one; null where the message says it all. */
  readonly fix: string | null;

  constructor(message: string, { cause, reason = message, fix }: BackendErrorOptions = {}) {
    super(message, { cause });
    this.reason = reason;
    this.fix = fix ?? null;
  }

  /** An engine that does not work here. */
  static of(backend: StartableBackend, reason: string, fix: string, cause?: unknown): BackendError {
    return new BackendError(`expected the ${backend} backend to work, but ${reason}; ${fix}`, {
      reason,
      fix,
      cause,
    });
  }
}

/** What an error tells besides its line. */
export interface BackendErrorOptions {
  /** What happened below. */
  readonly cause?: unknown;
  /** See {@link BackendError.reason}. */
  readonly reason?: string;
  /** See {@link BackendError.fix}. */
  readonly fix?: string;
}
