import { PixelCnnError } from "../errors.ts";

/**
 * Bytes that are not the data set they should be, or a request that a data set cannot meet.
 * The message says what was expected, what came, and what to do; it begins with the name of the file where there is one.
 */
export class DataError extends PixelCnnError {
  override readonly name = "DataError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
