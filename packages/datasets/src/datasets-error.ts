/** A data set that is not there, cannot be had, or is not what it should be: one line that says what to do. */
export class DatasetsError extends Error {
  override readonly name = "DatasetsError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
