/** A file of the Python package index that is fetched by pip, by name, version and hash: which package of which index, the user's own pip decides. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** Of the file. */
  readonly sha256: string;
  readonly bytes: number;
  /** What stays of it, unpacked. */
  readonly unpackedBytes: number;
  /** The tag of its platform, as pip takes it. */
  readonly platform: string;
  /** Names in it begin with one of these, or are not unpacked; all are without. */
  readonly keep?: readonly string[];
}

/** "name version". */
export function titleOf({ name, version }: Wheel): string {
  return `${name} ${version}`;
}
