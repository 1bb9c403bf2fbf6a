/**
 * The one error of this package: inputs that do not fit together, a backend that is not ready, a full heap. The
 * message says what was expected, what came, and what to do.
 */
export class WasmTrainingError extends Error {
  override readonly name = "WasmTrainingError";
}
