import { PixelCnnError } from "../errors.ts";

/** Bytes that are no sound `.pxc` file, a model that did not make one, or one that would lose something of the pictures. */
export class CompressionError extends PixelCnnError {
  override readonly name = "CompressionError";
}
