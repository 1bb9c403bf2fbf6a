/** Something that cannot be drawn as it was asked for: one line that says what to do. */
export class DrawingError extends Error {
  override readonly name = "DrawingError";

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
  }
}
