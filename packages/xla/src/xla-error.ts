/** What the engine refuses. */
export class XlaError extends Error {
  override name = "XlaError";
}
