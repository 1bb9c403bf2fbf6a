/** Pictures of a model's test set that it expected least and most, where somebody looked for them. */

/** What `models/<name>.pictures.json` holds; written by `pnpm --filter cli surprising`. */
export interface TestPictureFile {
  readonly dataset: string;
  /** Pictures looked at. */
  readonly examined: number;
  readonly most: readonly StoredPicture[];
  readonly least: readonly StoredPicture[];
}

interface StoredPicture {
  /** Place in the test set. */
  readonly index: number;
  /** Null where the set has none. */
  readonly label: number | null;
  readonly nats: number;
  /** As pictures/pack-levels.ts packs them. */
  readonly levels: string;
}

export interface TestPicture {
  /** "most-0", "least-3": most and least surprising, in order. */
  readonly id: string;
  readonly levels: Uint8Array;
  readonly label: number | null;
  /** -log p, in nats. */
  readonly nats: number;
}
