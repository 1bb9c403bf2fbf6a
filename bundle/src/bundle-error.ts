/** Why no bundle was made, in one line. */
export class BundleError extends Error {
  override name = "BundleError";
}
