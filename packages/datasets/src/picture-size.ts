/** Height and width of pictures, in pixels. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

/** "32x20" is 32 pixels wide and 20 high; "32" and 32 are a square. The settings' schema has seen it before. */
export function parseSize(size: string | number): PictureSize {
  const [width, height = width] = String(size).split("x").map(Number);
  return { width: width!, height: height! };
}

/** The least size that holds each of any number of pictures. */
export function largestSize(pictures: readonly PictureSize[]): PictureSize {
  let [height, width] = [0, 0];
  for (const picture of pictures) {
    height = Math.max(height, picture.height);
    width = Math.max(width, picture.width);
  }
  return { height, width };
}
