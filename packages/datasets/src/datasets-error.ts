import { excerpt } from "@pixelcnn/core";

/** A data set that is not there, cannot be had, or is not what it should be: one line that says what to do. */
export class DatasetsError extends Error {
  override readonly name = "DatasetsError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}

/** No data set has that name. */
export class UnknownDatasetError extends DatasetsError {
  /** @param given the name. @param known those that there are. */
  constructor(
    readonly given: string,
    readonly known: readonly string[],
  ) {
    super(`expected a data set that is one of ${known.join(", ")}, got "${excerpt(given)}"`);
  }
}
