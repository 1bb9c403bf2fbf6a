import { heatColour } from "@pixelcnn/pictures";
import type { StoredPicture } from "../../workers/compression/compressed.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A picture in a canvas of its own size. */
export function paintPicture(context: Context, { height, width, channels, values }: StoredPicture): void {
  const image = context.createImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = values[i * channels + Math.min(c, channels - 1)]!;
    image.data[4 * i + 3] = channels === 4 ? values[i * 4 + 3]! : 255;
  }
  context.putImageData(image, 0, 0);
}

/** Where its bits went. @param hottest bits of a pixel that get the brightest colour. */
export function paintBits(
  context: Context,
  { height, width }: StoredPicture,
  pixelBits: Float32Array,
  hottest: number,
): void {
  const image = context.createImageData(width, height);
  for (const [i, bits] of pixelBits.entries()) image.data.set([...heatColour(bits / hottest), 255], 4 * i);
  context.putImageData(image, 0, 0);
}
