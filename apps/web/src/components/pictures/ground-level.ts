import type { PictureShape } from "@pixelcnn/core";

/** The level of an empty picture: black or, of a palette, what is transparent; else its first colour. */
export function groundLevel({ palette }: PictureShape): number {
  return Math.max(0, palette?.findIndex(([, , , alpha]) => alpha === 0) ?? 0);
}
