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
