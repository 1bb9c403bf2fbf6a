/** Sizes at which every picture pixel is the same whole number of screen pixels, also where a CSS pixel is not one. */

export interface CellSize {
  /** CSS pixels of one picture. */
  readonly width: number;
  readonly height: number;
}

/**
 * The largest whole enlargement of a picture of `pictureWidth` pixels that is at most `availableWidth` CSS pixels wide; at
 * least 1.
 */
export function wholePixels(
  picture: { readonly width: number; readonly height: number },
  availableWidth: number,
  devicePixelRatio: number,
): CellSize {
  const scale = Math.max(1, Math.floor((availableWidth * devicePixelRatio) / picture.width));
  return {
    width: (picture.width * scale) / devicePixelRatio,
    height: (picture.height * scale) / devicePixelRatio,
  };
}
