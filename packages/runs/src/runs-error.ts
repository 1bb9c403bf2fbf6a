/** A run directory that cannot be written or is not one. */
export class RunsError extends Error {
  override readonly name = "RunsError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
