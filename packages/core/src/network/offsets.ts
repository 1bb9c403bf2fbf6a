/**
 * A set of (dy, dx, picture channel): the values of the picture that something sees, relative to its own position.
 * Stored as one bit plane a picture channel over dy = -(H-1) ... H-1 and dx = -(W-1) ... W-1. Offsets beyond reach no
 * pixel from any position of an H×W picture, so leaving them out loses nothing.
 */
import type { PictureShape } from "./graph.ts";

export interface Offset {
  readonly dy: number;
  readonly dx: number;
  /** Picture channel. */
  readonly channel: number;
}

export class OffsetSet implements Iterable<Offset> {
  readonly #height: number;
  readonly #width: number;
  readonly #bits: Uint8Array;

  constructor(readonly picture: PictureShape) {
    this.#height = 2 * picture.height - 1;
    this.#width = 2 * picture.width - 1;
    this.#bits = new Uint8Array(picture.channels * this.#height * this.#width);
  }

  has({ dy, dx, channel }: Offset): boolean {
    return this.#inside(dy, dx) && this.#bits[this.#index(dy, dx, channel)] === 1;
  }

  add({ dy, dx, channel }: Offset): void {
    if (this.#inside(dy, dx)) this.#bits[this.#index(dy, dx, channel)] = 1;
  }

  /** Adds every offset of `other`, moved by (dy, dx): what is seen through a tap. */
  addShifted(other: OffsetSet, dy: number, dx: number): void {
    const rows = this.#height;
    const columns = this.#width;
    const firstColumn = Math.max(0, -dx);
    const lastColumn = Math.min(columns, columns - dx);
    for (let channel = 0; channel < this.picture.channels; channel++) {
      for (let row = Math.max(0, -dy); row < Math.min(rows, rows - dy); row++) {
        const from = (channel * rows + row) * columns;
        const to = (channel * rows + row + dy) * columns + dx;
        for (let column = firstColumn; column < lastColumn; column++) {
          this.#bits[to + column]! |= other.#bits[from + column]!;
        }
      }
    }
  }

  /** In raster order of the offsets, channels inside. */
  *[Symbol.iterator](): Generator<Offset> {
    const { height, width, channels } = this.picture;
    for (let dy = 1 - height; dy < height; dy++) {
      for (let dx = 1 - width; dx < width; dx++) {
        for (let channel = 0; channel < channels; channel++) {
          const offset = { dy, dx, channel };
          if (this.has(offset)) yield offset;
        }
      }
    }
  }

  #inside(dy: number, dx: number): boolean {
    return Math.abs(dy) < this.picture.height && Math.abs(dx) < this.picture.width;
  }

  #index(dy: number, dx: number, channel: number): number {
    const row = dy + this.picture.height - 1;
    return (channel * this.#height + row) * this.#width + dx + this.picture.width - 1;
  }
}
