/**
 * One stroke of a brush: a disc that moves along a line. A pixel takes ink by the share of it that the disc ever covered, so that
 * going over a place twice does not fatten its edge. Of a palette's colours it takes the ink where more than half of it was covered.
 */
import type { PictureShape } from "@pixelcnn/core";

export interface Brush {
  /** Radius in pixels of the picture. */
  readonly radius: number;
  /** The level of each channel. */
  readonly ink: readonly number[];
}

export interface Point {
  /** In pixels of the picture; a pixel's middle lies at .5. */
  readonly x: number;
  readonly y: number;
}

export class Stroke {
  readonly #base: Uint8Array;
  readonly #picture: PictureShape;
  readonly #ink: readonly number[];
  /** Share of every pixel that was covered, [H, W], 0 … 1. */
  readonly #cover: Float32Array;
  #last: Point | null = null;

  /** @param base the picture under the stroke, [H, W, C]; never changed. */
  constructor(base: Uint8Array, picture: PictureShape, ink: readonly number[]) {
    this.#base = base;
    this.#picture = picture;
    this.#ink = ink;
    this.#cover = new Float32Array(picture.height * picture.width);
  }

  /** Moves on to a point. @returns the picture with the stroke so far, a new array. */
  to(point: Point, radius: number): Uint8Array {
    const from = this.#last ?? point;
    this.#last = point;
    const { height, width, channels, palette } = this.#picture;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const away = distance({ x: x + 0.5, y: y + 0.5 }, from, point);
        const share = Math.min(1, Math.max(0, radius + 0.5 - away));
        const at = y * width + x;
        this.#cover[at] = Math.max(this.#cover[at]!, share);
      }
    }
    return this.#base.map((level, i) => {
      const share = this.#cover[Math.floor(i / channels)]!;
      if (palette) return share > 0.5 ? this.#ink[0]! : level;
      return Math.round(level + (this.#ink[i % channels]! - level) * share);
    });
  }
}

/** From a point to the nearest point of the line between two others. */
function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}
