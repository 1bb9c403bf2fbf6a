import type { PictureShape } from "@pixelcnn/core";
import { paintLevels } from "../../components/pictures/paint-levels.ts";

interface Progress {
  /** Positions that will not change any more. */
  readonly final: number;
  readonly complete: boolean;
}

/** What is to be replaced is this much of itself. */
const FAINT = 0.35;

/** A completion on its way: the rest of the picture before it is faint, the pixel that comes next marked. */
export function paintCompletion(
  context: CanvasRenderingContext2D,
  pixels: Uint8Array,
  picture: PictureShape,
  { final, complete }: Progress,
): void {
  const { height, width } = picture;
  paintLevels(context, { pixels, picture }, 0, height * width);
  if (complete) return;
  const image = context.getImageData(0, 0, width, height);
  for (let position = final; position < height * width; position++)
    image.data[position * 4 + 3] = 255 * FAINT;
  context.putImageData(image, 0, 0);
  if (final >= height * width) return;
  context.fillStyle = getComputedStyle(context.canvas).color;
  context.fillRect(final % width, Math.floor(final / width), 1, 1);
}
