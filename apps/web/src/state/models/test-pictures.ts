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
  /** Those of the model's card, in their order: added by the site. */
  readonly real?: readonly RealPicture[];
}

/** One that was not chosen by how surprising it is. */
export type RealPicture = Pick<StoredPicture, "label" | "levels">;

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
  /** "most-0", "least-3", "real-0": most and least surprising, and those of the card, in order. */
  readonly id: string;
  /** [H, W, C] */
  readonly levels: Uint8Array;
  readonly label: number | null;
  /** -log p, in nats; null where nobody looked. */
  readonly nats: number | null;
}
