/** What this package throws on purpose. */
export class TensorflowError extends Error {
  override readonly name = "TensorflowError";
}
