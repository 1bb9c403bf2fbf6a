import { PixelCnnError } from "../errors.ts";
import type { PictureShape } from "../picture.ts";

/**
 * Logits that no value can be drawn from or scored by: one is NaN or infinite. Weights are finite, so the model computes numbers
 * beyond what float32 holds.
 */
export class LogitsError extends PixelCnnError {
  override readonly name = "LogitsError";
  /** Row and column. */
  readonly y: number;
  readonly x: number;
  /** Picture channel. */
  readonly channel: number;

  /** @param element flat index in the picture, (y·W + x)·C + c. */
  constructor(
    { width, channels }: PictureShape,
    /** Index of the picture. */
    readonly picture: number,
    element: number,
  ) {
    const channel = element % channels;
    const position = Math.floor(element / channels);
    const [y, x] = [Math.floor(position / width), position % width];
    super(
      `expected finite logits, got NaN or infinity for picture ${picture} at row ${y}, column ${x}, channel ${channel}: the model's ` +
        "numbers overflow float32; use an earlier checkpoint, or train again with a lower learning rate",
    );
    this.y = y;
    this.x = x;
    this.channel = channel;
  }
}

/** Are the `count` logits of one value, from `offset` on, all finite? */
export function areFinite(logits: ArrayLike<number>, offset: number, count: number): boolean {
  for (let k = offset; k < offset + count; k++) if (!Number.isFinite(logits[k]!)) return false;
  return true;
}
