/** Base class of what this package throws on purpose. */
export class PjrtError extends Error {
  override name = "PjrtError";
}

/** A file that is no PJRT plugin, or one that this client cannot talk to. */
export class PluginError extends PjrtError {
  override name = "PluginError";
}

/** Something used after its `dispose()`, or a wrong argument: the plugin was not asked. */
export class UsageError extends PjrtError {
  override name = "UsageError";
}

/** The plugin's own refusal. Its codes are Abseil's status codes. */
export class PluginCallError extends PjrtError {
  override name = "PluginCallError";

  constructor(
    /** The function of the C API that failed, without its `PJRT_` prefix. */
    readonly call: string,
    /** Abseil's status code, 1 to 16. */
    readonly code: number,
    /** The plugin's text, as it came. */
    readonly text: string,
  ) {
    super(`${call}: ${codeName(code)}: ${text}`);
  }

  /** The status code's name, `INVALID_ARGUMENT` for one. */
  get codeName(): string {
    return codeName(this.code);
  }
}

const codeNames = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

function codeName(code: number): string {
  return codeNames[code] ?? `code ${code}`;
}
