/** What this package refuses or could not do, in one line. */
export class BackendsError extends Error {
  override name = "BackendsError";
}
