/**
 * A set of (dy, dx, picture channel): the values of the picture that something sees, relative to its own position.
 * Stored as one bit plane a picture channel over the bounding rows and columns of its members, 32 columns a word. Offsets
 * beyond dy = -(H-1) ... H-1 and dx = -(W-1) ... W-1 reach no pixel from any position of an H×W picture, so leaving them out
 * loses nothing.
 */
import type { PictureShape } from "../picture.ts";
import type { WorkBudget } from "./work-budget.ts";

/** One value of the picture, relative to a position. */
export interface Offset {
  readonly dy: number;
  readonly dx: number;
  /** Picture channel. */
  readonly channel: number;
}

/** Offsets moved by (dy, dx): what is seen through a tap. */
export interface ShiftedSet {
  readonly set: OffsetSet;
  readonly dy: number;
  readonly dx: number;
}

/** What set `from` has goes into set `to`, moved by (dy, dx): up, or to one side of the row. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly dy: number;
  readonly dx: number;
}

/** Bounding rows and columns, both ends included; columns count from dx = -(W-1). Empty when top > bottom. */
interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const EMPTY: Box = { top: 0, bottom: -1, left: 0, right: -1 };

/** Steps that a new word costs: it is allocated, cleared and kept. */
const PRICE_OF_A_WORD = 4;

/** A set of {@link Offset | offsets} within reach of an H×W picture. It never changes. */
export class OffsetSet implements Iterable<Offset> {
  readonly #box: Box;
  /** Column of the first bit of a row. */
  readonly #firstWord: number;
  /** Words of a row. */
  readonly #stride: number;
  readonly #words: Uint32Array;
  /** The largest dy of a member; minus infinity for no member. */
  #lowestRow: number;

  private constructor(
    readonly picture: PictureShape,
    box: Box,
  ) {
    this.#box = box;
    this.#firstWord = box.left >>> 5;
    this.#stride = strideOf(box);
    this.#words = new Uint32Array(wordsOf(box, picture));
    this.#lowestRow = Number.NEGATIVE_INFINITY;
  }

  /** The set of no offset. */
  static empty(picture: PictureShape): OffsetSet {
    return new OffsetSet(picture, EMPTY);
  }

  /** The value of `channel` at the position itself. */
  static own(picture: PictureShape, channel: number): OffsetSet {
    const column = picture.width - 1;
    const set = new OffsetSet(picture, { top: 0, bottom: 0, left: column, right: column });
    set.#words[channel] = 1 << (column & 31);
    set.#lowestRow = 0;
    return set;
  }

  /**
   * Every offset of every part; what a shift moves out of reach is left out.
   *
   * @throws {NetworkError} when the budget does not reach.
   */
  static union(picture: PictureShape, parts: readonly ShiftedSet[], budget: WorkBudget): OffsetSet {
    const [first] = parts;
    budget.spend(1 + parts.length);
    if (parts.length === 1 && first!.dy === 0 && first!.dx === 0) return first!.set;
    const boxes = parts.map(({ set, dy, dx }) => shifted(set.#box, dy, dx, picture));
    const box = boxes.reduce(around, EMPTY);
    budget.spend(PRICE_OF_A_WORD * wordsOf(box, picture));
    const union = new OffsetSet(picture, box);
    parts.forEach(({ set, dy, dx }, i) => {
      const rows = rowsOf(boxes[i]!);
      if (rows === 0) return;
      budget.spend(picture.channels * rows * set.#stride);
      union.#merge(set, boxes[i]!, dy, dx);
    });
    union.#clearBesideThePicture();
    union.#lowestRow = union.#findLowestRow();
    return union;
  }

  /**
   * The least sets that contain `sets`, one each, and whatever the moves bring of them; what a move brings out of reach is left out. A move goes up, or within
   * the row, and all of these to one side: rows are filled from the lowest up, each once.
   *
   * @throws {NetworkError} when the budget does not reach.
   */
  static closure(
    picture: PictureShape,
    sets: readonly OffsetSet[],
    moves: readonly Move[],
    budget: WorkBudget,
  ): OffsetSet[] {
    const seen = sets.map((set) => set.#box).reduce(around, EMPTY);
    if (rowsOf(seen) === 0) return [...sets];
    const box: Box = {
      top: moves.some(({ dy }) => dy < 0) ? 1 - picture.height : seen.top,
      bottom: seen.bottom,
      left: moves.some(({ dx }) => dx < 0) ? 0 : seen.left,
      right: moves.some(({ dx }) => dx > 0) ? 2 * picture.width - 2 : seen.right,
    };
    budget.spend(PRICE_OF_A_WORD * sets.length * wordsOf(box, picture));
    const closed = sets.map((set) => {
      const copy = new OffsetSet(picture, box);
      if (rowsOf(set.#box) > 0) copy.#merge(set, set.#box, 0, 0);
      return copy;
    });
    const up = moves.filter(({ dy }) => dy < 0);
    const along = moves.filter(({ dy }) => dy === 0);
    for (let row = box.bottom; row >= box.top; row--) {
      const line = { ...box, top: row, bottom: row };
      const bring = ({ from, to, dy }: Move, dx: number): boolean => {
        const source = closed[from]!;
        budget.spend(picture.channels * source.#stride);
        return closed[to]!.#merge(source, line, dy, dx);
      };
      for (const move of up) if (row - move.dy <= box.bottom) bring(move, move.dx);
      for (let isMore = along.length > 0; isMore; ) {
        isMore = false;
        for (const move of along) {
          // By doubling where a set goes on into itself: twice as far each time.
          for (let dx = move.dx; Math.abs(dx) < 2 * picture.width; dx *= 2) {
            if (!bring(move, dx)) break;
            isMore = true;
            if (move.from !== move.to) break;
          }
        }
      }
      for (const set of closed) set.#clearBesideThePicture(line);
    }
    for (const set of closed) set.#lowestRow = set.#findLowestRow();
    return closed;
  }

  /** Is the offset a member? */
  has({ dy, dx, channel }: Offset): boolean {
    const { top, bottom, left, right } = this.#box;
    const column = dx + this.picture.width - 1;
    if (dy < top || dy > bottom || column < left || column > right) return false;
    const word = this.#words[this.#row(dy, channel) + (column >>> 5) - this.#firstWord]!;
    return ((word >>> (column & 31)) & 1) === 1;
  }

  /** In raster order of the offsets, channels inside. */
  [Symbol.iterator](): Iterator<Offset> {
    return this.fromRow(this.#box.top);
  }

  /** The members of row dy and below, in raster order, channels inside. */
  *fromRow(dy: number): Generator<Offset> {
    const { channels, width } = this.picture;
    for (let row = Math.max(this.#box.top, dy); row <= this.#lowestRow; row++) {
      for (let word = 0; word < this.#stride; word++) {
        let some = 0;
        for (let channel = 0; channel < channels; channel++)
          some |= this.#words[this.#row(row, channel) + word]!;
        if (some === 0) continue;
        const firstColumn = (this.#firstWord + word) * 32 - (width - 1);
        for (let bit = 0; bit < 32; bit++) {
          if (((some >>> bit) & 1) === 0) continue;
          for (let channel = 0; channel < channels; channel++) {
            const bits = this.#words[this.#row(row, channel) + word]!;
            if (((bits >>> bit) & 1) === 1) yield { dy: row, dx: firstColumn + bit, channel };
          }
        }
      }
    }
  }

  /** Number of members. */
  get size(): number {
    let count = 0;
    for (let bits of this.#words) for (; bits !== 0; bits &= bits - 1) count++;
    return count;
  }

  /** Adds what lies in `box` of `other` moved by (dy, dx), and says whether that was more. Bits that leave the columns of the picture may remain in the last word. */
  #merge(other: OffsetSet, { top, bottom }: Box, dy: number, dx: number): boolean {
    let added = 0;
    const [from, to] = [other.#words, this.#words];
    const bitShift = dx & 31;
    // Towards minus infinity, so that the bits left over always move up.
    const wordShift = (dx >> 5) + other.#firstWord - this.#firstWord;
    const first = Math.max(0, wordShift);
    const end = Math.min(this.#stride, wordShift + other.#stride + 1);
    for (let channel = 0; channel < this.picture.channels; channel++) {
      for (let row = top; row <= bottom; row++) {
        const target = this.#row(row, channel);
        const source = other.#row(row - dy, channel) - wordShift;
        let carry = first > wordShift ? leftOver(from[source + first - 1]!, bitShift) : 0;
        for (let word = first; word < end; word++) {
          const bits = word - wordShift < other.#stride ? from[source + word]! : 0;
          const brought = (bits << bitShift) | carry;
          added |= brought & ~to[target + word]!;
          to[target + word]! |= brought;
          carry = leftOver(bits, bitShift);
        }
      }
    }
    return added !== 0;
  }

  /** Bits of the last word to the right of dx = W-1, in the rows of a box. */
  #clearBesideThePicture({ top, bottom }: Box = this.#box): void {
    const columns = 2 * this.picture.width - 1;
    const beyond = (this.#firstWord + this.#stride) * 32 - columns;
    if (beyond <= 0) return;
    const inside = 0xffffffff >>> beyond;
    for (let channel = 0; channel < this.picture.channels; channel++) {
      for (let row = top; row <= bottom; row++) this.#words[this.#row(row + 1, channel) - 1]! &= inside;
    }
  }

  #findLowestRow(): number {
    const { top, bottom } = this.#box;
    for (let row = bottom; row >= top; row--) {
      for (let channel = 0; channel < this.picture.channels; channel++) {
        const start = this.#row(row, channel);
        for (let word = 0; word < this.#stride; word++) if (this.#words[start + word] !== 0) return row;
      }
    }
    return Number.NEGATIVE_INFINITY;
  }

  /** Where the row of dy begins. */
  #row(dy: number, channel: number): number {
    const { top, bottom } = this.#box;
    return (channel * (bottom - top + 1) + dy - top) * this.#stride;
  }
}

/** What a shift by 0 … 31 bits moves out of a word. */
function leftOver(bits: number, shift: number): number {
  return (bits >>> 1) >>> (31 - shift);
}

/** The box moved by (dy, dx), and cut where no pixel is reached. */
function shifted(box: Box, dy: number, dx: number, { height, width }: PictureShape): Box {
  if (rowsOf(box) === 0) return EMPTY;
  const moved = {
    top: Math.max(box.top + dy, 1 - height),
    bottom: Math.min(box.bottom + dy, height - 1),
    left: Math.max(box.left + dx, 0),
    right: Math.min(box.right + dx, 2 * width - 2),
  };
  return moved.top > moved.bottom || moved.left > moved.right ? EMPTY : moved;
}

/** The smallest box around two. */
function around(a: Box, b: Box): Box {
  if (rowsOf(a) === 0) return b;
  if (rowsOf(b) === 0) return a;
  return {
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
  };
}

function rowsOf({ top, bottom }: Box): number {
  return bottom - top + 1;
}

function strideOf({ left, right }: Box): number {
  return right < left ? 0 : (right >>> 5) - (left >>> 5) + 1;
}

function wordsOf(box: Box, { channels }: PictureShape): number {
  return channels * rowsOf(box) * strideOf(box);
}
