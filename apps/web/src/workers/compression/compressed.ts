/** What goes to the compression worker and comes from it. Plain data. */

/** A picture as files have it: bytes, [H, W, C]. */
export interface StoredPicture {
  readonly height: number;
  readonly width: number;
  /** 1 or 3; 4 with alpha, where something is transparent. */
  readonly channels: number;
  readonly values: Uint8Array;
}

export interface Compressed {
  /** The bytes of a .pxc file. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Bits that each pixel takes, [H, W]. */
  readonly pixelBits: Float32Array<ArrayBuffer>;
  /** Values that the model knows of it, H·W·C: a colour of a palette is one. */
  readonly values: number;
  /** The class that it was compressed as: the one asked for, else the one that makes it smallest; null without classes. */
  readonly label: number | null;
}
