/** Pictures of a model's test set that it expected least and most, where somebody looked for them. */

/** What `models/<name>.pictures.json` holds; written by `pnpm --filter cli surprising-pictures`. */
export interface TestPictureFile {
  /** SHA-256 of the model file, hex: another model is surprised by other pictures. */
  readonly model: string;
  readonly dataset: string;
  /** Pictures looked at. */
  readonly examined: number;
  /** The most surprising one first. */
  readonly most: readonly StoredPicture[];
  /** The least surprising one first. */
  readonly least: readonly StoredPicture[];
}

interface StoredPicture {
  /** Place in the test set. */
  readonly index: number;
  /** Null where the set has none. */
  readonly label: number | null;
  readonly nats: number;
  /** [H, W, C], a byte a level, base64. */
  readonly levels: string;
}

export interface TestPicture {
  /** "most-0", "least-3": most and least surprising, in order. */
  readonly id: string;
  /** [H, W, C] */
  readonly levels: Uint8Array;
  readonly label: number | null;
  /** -log p, in nats. */
  readonly nats: number;
}
