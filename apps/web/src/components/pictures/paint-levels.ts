/** Levels to screen pixels, positions `from` to `to` of one picture, in a canvas of the picture's own size. */
import type { PictureShape } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";

/** What is painted: levels of pictures one after the other, [count, H, W, C]. */
export interface Levels {
  readonly pixels: Uint8Array;
  readonly picture: PictureShape;
}

/** Positions from `shown` on stay clear. */
export function paintLevels(
  context: CanvasRenderingContext2D,
  { pixels, picture }: Levels,
  index: number,
  shown: number,
): void {
  const { height, width, channels, levels, palette } = picture;
  const image = context.createImageData(width, height);
  const start = index * height * width * channels;
  for (let position = 0; position < shown; position++) {
    if (palette) {
      image.data.set(palette[pixels[start + position]!]!, position * 4);
      continue;
    }
    for (let c = 0; c < 3; c++) {
      const level = pixels[start + position * channels + Math.min(c, channels - 1)]!;
      image.data[position * 4 + c] = levelToByte(level, levels);
    }
    image.data[position * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
