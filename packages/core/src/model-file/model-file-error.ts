import { PixelCnnError } from "../errors.ts";

/** A file that is no model file, or a damaged or forged one. */
export class ModelFileError extends PixelCnnError {
  override readonly name = "ModelFileError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
