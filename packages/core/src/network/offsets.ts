/**
 * A set of (dy, dx, picture channel): the values of the picture that something sees, relative to its own position.
 * Stored as one bit plane a picture channel over dy = -(H-1) ... H-1 and dx = -(W-1) ... W-1, 32 columns a word. Offsets
 * beyond reach no pixel from any position of an H×W picture, so leaving them out loses nothing.
 */
import type { PictureShape } from "./graph.ts";

/** One value of the picture, relative to a position. */
export interface Offset {
  readonly dy: number;
  readonly dx: number;
  /** Picture channel. */
  readonly channel: number;
}

/** A set of {@link Offset | offsets} within reach of an H×W picture; offsets beyond it are never members. */
export class OffsetSet implements Iterable<Offset> {
  readonly #rows: number;
  readonly #columns: number;
  /** Words of a row. */
  readonly #stride: number;
  readonly #words: Uint32Array;

  constructor(readonly picture: PictureShape) {
    this.#rows = 2 * picture.height - 1;
    this.#columns = 2 * picture.width - 1;
    this.#stride = wordsOfRow(picture);
    this.#words = new Uint32Array(picture.channels * this.#rows * this.#stride);
  }

  /** Is the offset a member? */
  has({ dy, dx, channel }: Offset): boolean {
    if (!this.#inside(dy, dx)) return false;
    const column = dx + this.picture.width - 1;
    return ((this.#words[this.#row(dy, channel) + (column >>> 5)]! >>> (column & 31)) & 1) === 1;
  }

  /** Adds one offset; one out of reach is left out. */
  add({ dy, dx, channel }: Offset): void {
    if (!this.#inside(dy, dx)) return;
    const column = dx + this.picture.width - 1;
    this.#words[this.#row(dy, channel) + (column >>> 5)]! |= 1 << (column & 31);
  }

  /** Adds every offset of `other`, moved by (dy, dx): what is seen through a tap. */
  addShifted(other: OffsetSet, dy: number, dx: number): void {
    if (!this.#inside(dy, dx)) return; // nothing stays inside
    const wordShift = dx >> 5; // towards minus infinity, so that the bits left over always move up
    const bitShift = dx & 31;
    for (let channel = 0; channel < this.picture.channels; channel++) {
      const plane = channel * this.#rows;
      for (let row = Math.max(0, -dy); row < Math.min(this.#rows, this.#rows - dy); row++) {
        const from = (plane + row) * this.#stride;
        const to = (plane + row + dy) * this.#stride;
        for (let word = 0; word < this.#stride; word++) {
          const bits = other.#words[from + word]!;
          if (bits === 0) continue;
          this.#merge(to, word + wordShift, bits << bitShift);
          if (bitShift > 0) this.#merge(to, word + wordShift + 1, bits >>> (32 - bitShift));
        }
      }
    }
  }

  /** In raster order of the offsets, channels inside. */
  *[Symbol.iterator](): Generator<Offset> {
    const { height, width, channels } = this.picture;
    for (let dy = 1 - height; dy < height; dy++) {
      if (this.#isEmptyRow(dy)) continue;
      for (let dx = 1 - width; dx < width; dx++) {
        for (let channel = 0; channel < channels; channel++) {
          const offset = { dy, dx, channel };
          if (this.has(offset)) yield offset;
        }
      }
    }
  }

  /** Sets bits of one word of the row that begins at `row`; what lies beside the row falls away. */
  #merge(row: number, word: number, bits: number): void {
    if (word < 0 || word >= this.#stride) return;
    const unused = word === this.#stride - 1 ? 32 * this.#stride - this.#columns : 0;
    this.#words[row + word]! |= unused === 0 ? bits : bits & (0xffffffff >>> unused);
  }

  #isEmptyRow(dy: number): boolean {
    for (let channel = 0; channel < this.picture.channels; channel++) {
      const row = this.#row(dy, channel);
      for (let word = 0; word < this.#stride; word++) if (this.#words[row + word] !== 0) return false;
    }
    return true;
  }

  #inside(dy: number, dx: number): boolean {
    return Math.abs(dy) < this.picture.height && Math.abs(dx) < this.picture.width;
  }

  /** Where the row of dy begins. */
  #row(dy: number, channel: number): number {
    return (channel * this.#rows + dy + this.picture.height - 1) * this.#stride;
  }
}

/** 32-bit words of a whole set. */
export function wordsOfSet(picture: PictureShape): number {
  return picture.channels * (2 * picture.height - 1) * wordsOfRow(picture);
}

function wordsOfRow({ width }: PictureShape): number {
  return Math.ceil((2 * width - 1) / 32);
}
