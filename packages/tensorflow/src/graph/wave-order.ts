/** Positions in the order of their waves (core's network/waves.ts), and what a loop over these needs to know of them. */
import { type Recurrence, type TapOffset, waveOrderOf, wavesOf } from "@pixelcnn/core/computation";
import type { GraphWriter, Operand } from "./graph-writer.ts";

export class WaveOrder {
  /** Positions y·W + x, wave after wave, and of every wave where it begins and its length; none is empty. */
  readonly #positions: readonly number[];
  readonly #starts: readonly number[];
  readonly #lengths: readonly number[];
  /** By position: its place in that order. */
  readonly #places: readonly number[];
  readonly #shape: readonly [batch: number, height: number, width: number];

  constructor(shape: readonly number[], { taps, cell }: Recurrence) {
    const [batch, height, width] = shape as [number, number, number];
    const waves = wavesOf(waveOrderOf([...taps, cell]), height, width).filter(({ length }) => length > 0);
    this.#shape = [batch, height, width];
    this.#positions = waves.flat();
    this.#lengths = waves.map(({ length }) => length);
    this.#starts = waves.map((_, wave) =>
      this.#lengths.slice(0, wave).reduce((sum, length) => sum + length, 0),
    );
    this.#places = inverse(this.#positions);
  }

  /** Turns of a loop. */
  get count(): number {
    return this.#lengths.length;
  }

  /** [B,H,W,C] → [H·W, B, C] */
  byWave(write: GraphWriter, x: Operand): Operand {
    const [batch, height, width] = this.#shape;
    const first = write.reshape(write.transpose(x, [1, 2, 0, 3]), [height * width, batch, x.shape[3]!]);
    return write.gather(first, write.integers(this.#positions));
  }

  /** A room's positions as pictures, [B,H,W,C]. */
  byPosition(write: GraphWriter, room: Operand): Operand {
    const [batch, height, width] = this.#shape;
    const placed = write.gather(room, write.integers(this.#places));
    return write.transpose(write.reshape(placed, [height, width, batch, room.shape[2]!]), [2, 0, 1, 3]);
  }

  /** Memory of its own for all positions, and the one of zeros behind them: [H·W + 1, B, C]. */
  room(write: GraphWriter, channels: number): Operand {
    const shape = [this.#positions.length + 1, this.#shape[0], channels];
    const attributes = { dtype: { type: "f32" }, init: { truth: true } } as const;
    return write.operation("Empty", [write.integers(shape)], { shape, type: "f32" }, attributes);
  }

  /** Where every turn's wave begins, its length, and the numbers of all positions, among which its own are. */
  turns(write: GraphWriter, direction: 1 | -1): readonly [Operand, Operand, Operand] {
    const inTurn = (values: readonly number[]) =>
      write.integers(direction > 0 ? values : [...values].reverse());
    const numbers = this.#positions.map((_, place) => place);
    return [inTurn(this.#starts), inTurn(this.#lengths), write.integers(numbers)];
  }

  /** Of every position the place of the one that it reads, or of the one that reads it, at an offset; outside the picture, that of the zeros. */
  table(write: GraphWriter, [dy, dx]: TapOffset, direction: 1 | -1): Operand {
    const [, height, width] = this.#shape;
    const places = this.#positions.map((position) => {
      const [y, x] = [Math.floor(position / width) + direction * dy, (position % width) + direction * dx];
      const isInside = y >= 0 && y < height && x >= 0 && x < width;
      return isInside ? this.#places[y * width + x]! : this.#positions.length;
    });
    return write.integers(places);
  }

  /** A turn's wave: its first place and its length. */
  wave(write: GraphWriter, turn: Operand, starts: Operand, lengths: Operand) {
    const at = write.reshape(turn, [1]);
    const entry = (list: Operand) => write.range(list, { first: at, length: write.integers([1]) });
    return { first: entry(starts), length: entry(lengths) };
  }

  /** Rows as positions of all pictures, [positions, B, C]. */
  asPositions(write: GraphWriter, rows: Operand): Operand {
    return write.reshape(rows, [-1, this.#shape[0], rows.shape[1]!]);
  }
}

function inverse(order: readonly number[]): number[] {
  const places: number[] = [];
  order.forEach((position, place) => {
    places[position] = place;
  });
  return places;
}
