/**
 * Pictures skewed so that a wave of positions is a slice, and what a loop over waves reads and writes: room for all waves, with zeros around, of which a turn
 * reads parts of earlier waves and writes one.
 */
import { type Recurrence, type TapOffset, waveOrderOf } from "@pixelcnn/core/computation";
import type { ModuleWriter, Operand } from "./module-writer.ts";

/** 1 where positions read what their offsets say, −1 where they read who has read them. */
type Direction = 1 | -1;

/** Pictures in a chain, at most: with P, one lane in P·W / (H − 1) stands empty. */
const CHAIN = 4;

export class Waves {
  /** Waves of all pictures of a chain. */
  readonly count: number;
  readonly #write: ModuleWriter;
  readonly #down: number;
  readonly #along: number;
  readonly #batch: number;
  readonly #height: number;
  readonly #width: number;
  /** Pictures in a chain, and chains. */
  readonly #chain: number;
  readonly #chains: number;
  readonly #lanes: number;
  /** Waves that lie before, and lanes that lie on either side, in the room. */
  readonly #before: number;
  readonly #beside: number;

  /** @param x [B,H,W,...] */
  constructor(write: ModuleWriter, x: Operand, { taps, cell }: Recurrence) {
    const [batch, height, width] = x.shape as [number, number, number];
    const { down, along } = waveOrderOf([...taps, cell]);
    this.#write = write;
    [this.#down, this.#along] = [down, along];
    [this.#batch, this.#height, this.#width] = [batch, height, width];
    this.#chain = along === 0 ? 1 : largestDivisor(batch, CHAIN);
    this.#chains = batch / this.#chain;
    this.#lanes = along === 0 ? width : height;
    this.count = along === 0 ? height : down * (height - 1) + this.#chain * width;
    const touching = [...taps, cell].filter((offset) => this.#touches(offset));
    this.#before = Math.max(0, ...touching.map((offset) => this.#distance(offset)));
    this.#beside = Math.max(0, ...touching.map((offset) => Math.abs(this.#shift(offset))));
  }

  /** [B,H,W,C] → [waves, lanes, chains, C] */
  skewed(x: Operand): Operand {
    const write = this.#write;
    const channels = x.shape[3]!;
    const [height, columns] = [this.#height, this.#chain * this.#width];
    const split = write.reshape(x, [this.#chain, this.#chains, height, this.#width, channels]);
    const side = write.transpose(split, [2, 0, 3, 1, 4]); // [H, chain, W, chains, C]
    const rows = write.reshape(side, [height, columns, this.#chains, channels]);
    if (this.#along === 0) return rows;
    const turned = this.#along < 0 ? write.reverse(rows, 1) : rows;
    // A row that is longer by `down` than a skewed one moves every next row by as much.
    const length = this.count + this.#down;
    const padded = write.pad(turned, [0, 0, 0, 0], [0, length - columns, 0, 0]);
    const flat = write.reshape(padded, [height * length, this.#chains, channels]);
    const cut = write.cut(flat, 0, 0, height * this.count);
    return write.transpose(write.reshape(cut, [height, this.count, this.#chains, channels]), [1, 0, 2, 3]);
  }

  /** The room's waves as pictures, [B,H,W,C]. */
  pictures(room: Operand, direction: Direction): Operand {
    const write = this.#write;
    const channels = room.shape[3]!;
    const first = direction > 0 ? this.#before : 0;
    const waves = write.cut(
      write.cut(room, 0, first, first + this.count),
      1,
      this.#beside,
      this.#beside + this.#lanes,
    );
    return this.#placed(waves, channels);
  }

  #placed(waves: Operand, channels: number): Operand {
    const write = this.#write;
    const [height, width, columns] = [this.#height, this.#width, this.#chain * this.#width];
    let rows = waves;
    if (this.#along !== 0) {
      const length = this.count + this.#down;
      const byRow = write.transpose(waves, [1, 0, 2, 3]);
      const flat = write.reshape(byRow, [height * this.count, this.#chains, channels]);
      const padded = write.pad(flat, [0, 0, 0], [height * this.#down, 0, 0]);
      const long = write.reshape(padded, [height, length, this.#chains, channels]);
      const straight = write.cut(long, 1, 0, columns);
      rows = this.#along < 0 ? write.reverse(straight, 1) : straight;
    }
    const split = write.reshape(rows, [height, this.#chain, width, this.#chains, channels]);
    const side = write.transpose(split, [1, 3, 0, 2, 4]);
    return write.reshape(side, [this.#batch, height, width, channels]);
  }

  /** Zeros for all waves, and around them. */
  room(channels: number): Operand {
    const lanes = this.#lanes + 2 * this.#beside;
    return this.#write.constant(0, [this.count + this.#before, lanes, this.#chains, channels]);
  }

  /** One wave of a skewed array as rows, [lanes·chains, C]. */
  rows(skewed: Operand, wave: Operand): Operand {
    return this.#flat(this.#write.part(skewed, [wave], [1, ...skewed.shape.slice(1)]));
  }

  /** What a wave's positions read at an offset, 0 outside the picture: [lanes·chains, C]. */
  read(room: Operand, wave: Operand, offset: TapOffset, direction: Direction): Operand {
    const write = this.#write;
    const channels = room.shape[3]!;
    const shape = [this.#lanes * this.#chains, channels];
    if (!this.#touches(offset)) return write.constant(0, shape);
    const distance = this.#distance(offset);
    const first = direction > 0 ? this.#before - distance : distance;
    const at = write.elementwise("add", wave, write.constant(first, [], "s32"));
    const lane = this.#beside + direction * this.#shift(offset);
    const part = this.#flat(write.part(room, [at, lane], [1, this.#lanes, this.#chains, channels]));
    const sideways = direction * offset[1] * this.#along;
    if (sideways === 0) return part;
    return write.select(this.#isInside(wave, sideways, shape), part, write.constant(0, shape));
  }

  /** The room with a wave written. */
  put(room: Operand, wave: Operand, rows: Operand, direction: Direction): Operand {
    const write = this.#write;
    const part = write.reshape(rows, [1, this.#lanes, this.#chains, rows.shape[1]!]);
    const first = write.constant(direction > 0 ? this.#before : 0, [], "s32");
    return write.withPart(room, part, [write.elementwise("add", wave, first), this.#beside]);
  }

  /** Whether the column so far along the waves is one of the same picture. */
  #isInside(wave: Operand, sideways: number, shape: readonly number[]): Operand {
    const write = this.#write;
    const lanes = [this.#lanes];
    const number = (value: number) => write.constant(value, lanes, "s32");
    const passed = write.elementwise("multiply", write.iota(lanes, 0, "s32"), number(this.#down));
    const column = write.elementwise("subtract", write.broadcast(wave, lanes, []), passed);
    const own = write.elementwise("remainder", column, number(this.#width));
    // From the left what has fewer columns before it is outside, from the right what has fewer behind it.
    const inside =
      sideways < 0
        ? write.compare("GT", own, number(-sideways - 1))
        : write.compare("LT", own, number(this.#width - sideways));
    const spread = write.broadcast(inside, [this.#lanes, this.#chains, shape[1]!], [0]);
    return write.reshape(spread, shape);
  }

  #flat(part: Operand): Operand {
    return this.#write.reshape(part, [this.#lanes * this.#chains, part.shape[3]!]);
  }

  #touches([dy, dx]: TapOffset): boolean {
    return Math.abs(dy) < this.#height && Math.abs(dx) < this.#width;
  }

  /** Waves before its own in which an offset lies. */
  #distance([dy, dx]: TapOffset): number {
    return -(this.#down * dy + this.#along * dx);
  }

  /** Lanes aside. */
  #shift([dy, dx]: TapOffset): number {
    return this.#along === 0 ? dx : dy;
  }
}

/** The largest number up to `most` that divides another. */
function largestDivisor(value: number, most: number): number {
  for (let divisor = Math.min(value, most); divisor > 1; divisor--) if (value % divisor === 0) return divisor;
  return 1;
}
