/** The errors of this package. Each message says what was expected, what came, and what to do. */

/** Base of every error that `@pixelcnn/core` throws on purpose. */
export class PixelCnnError extends Error {
  override readonly name: string = "PixelCnnError";
}

/** A graph that is not one: unknown names, wrong channel counts, nodes out of order. */
export class NetworkError extends PixelCnnError {
  override readonly name = "NetworkError";
}

/** An array or tensor of the wrong shape. */
export class ShapeError extends PixelCnnError {
  override readonly name = "ShapeError";
}

/** An option out of its range. */
export class OptionError extends PixelCnnError {
  override readonly name = "OptionError";
}
