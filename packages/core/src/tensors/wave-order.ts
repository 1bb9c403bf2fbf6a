/** Positions of pictures and gates of cells in the order in which waves are computed (network/waves.ts, computation/quarters.ts). */
import {
  concat,
  gather,
  reshape,
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
  tensor1d,
  transpose,
  zeros,
} from "@tensorflow/tfjs-core";
import type { Recurrence, TapOffset } from "../computation/primitive.ts";
import { quartersByGate } from "../computation/quarters.ts";
import { waveOrderOf, wavesOf } from "../network/waves.ts";

export class WaveOrder {
  /** Positions y·W + x of every wave. */
  readonly waves: readonly (readonly number[])[];
  readonly batch: number;
  readonly #height: number;
  readonly #width: number;
  /** By position: its wave, and its place there. */
  readonly #waveOf: readonly number[];
  readonly #placeOf: readonly number[];
  /** Where a wave begins. */
  readonly #starts: readonly number[];
  /** Channel of x that is the k-th where gates come after one another; null where it is the k-th. */
  readonly #channels: readonly number[] | null;

  constructor([batch, height, width]: Tensor4D["shape"], { taps, cell, groups }: Recurrence) {
    this.batch = batch;
    this.#height = height;
    this.#width = width;
    this.waves = wavesOf(waveOrderOf([...taps, cell]), height, width);
    const waveOf: number[] = [];
    const placeOf: number[] = [];
    const starts: number[] = [];
    let start = 0;
    this.waves.forEach((positions, wave) => {
      starts.push(start);
      start += positions.length;
      positions.forEach((p, place) => {
        waveOf[p] = wave;
        placeOf[p] = place;
      });
    });
    this.#waveOf = waveOf;
    this.#placeOf = placeOf;
    this.#starts = starts;
    const ranges = quartersByGate(groups);
    this.#channels =
      ranges?.flatMap(([first, end]) => Array.from({ length: end - first }, (_, k) => first + k)) ?? null;
  }

  /** All o, all f, all i, all c̃ after one another, along the last axis. */
  byGate<T extends Tensor>(x: T): T {
    return this.#channels === null ? x : gather(x, indices(this.#channels), x.shape.length - 1);
  }

  /** The other way. */
  byGroup(x: Tensor4D): Tensor4D {
    return this.#channels === null ? x : gather(x, indices(inverse(this.#channels)), 3);
  }

  /** [B, H, W, F] → [H·W, B, F] */
  byWave(x: Tensor4D): Tensor3D {
    const positions = this.#height * this.#width;
    const first: Tensor3D = reshape(transpose(x, [1, 2, 0, 3]), [positions, this.batch, x.shape[3]]);
    return gather(first, indices(this.waves.flat()));
  }

  /** [H·W, B, F] → [B, H, W, F] */
  byPosition(x: Tensor): Tensor4D {
    const inOrder = gather(x, indices(inverse(this.waves.flat())));
    const placed: Tensor4D = reshape(inOrder, [this.#height, this.#width, this.batch, x.shape[2]!]);
    return transpose(placed, [2, 0, 1, 3]);
  }

  /** The positions of one wave. */
  part(x: Tensor3D, wave: number): Tensor3D {
    const [, batch, channels] = x.shape;
    return slice(x, [this.#starts[wave]!, 0, 0], [this.waves[wave]!.length, batch, channels]);
  }

  /** What lies at an offset of every position, 0 outside the picture. */
  moved(x: Tensor3D, offset: TapOffset): Tensor3D {
    const [positions, batch, channels] = x.shape;
    const places = this.waves.flat().map((p) => {
      const q = this.#at(p, offset);
      return q === null ? positions : this.#starts[this.#waveOf[q]!]! + this.#placeOf[q]!;
    });
    return gather(concat([x, zeros([1, batch, channels])], 0) as Tensor3D, indices(places));
  }

  /** The one wave in which an offset of a wave's positions lies, and their places in it; −1 outside the picture. */
  reads(
    wave: number,
    offset: TapOffset,
  ): { readonly wave: number | null; readonly places: readonly number[] } {
    const found = this.waves[wave]!.map((p) => this.#at(p, offset));
    const some = found.find((q) => q !== null);
    return {
      wave: some == null ? null : this.#waveOf[some]!,
      places: found.map((q) => (q === null ? -1 : this.#placeOf[q]!)),
    };
  }

  #at(p: number, [dy, dx]: TapOffset): number | null {
    const [y, x] = [Math.floor(p / this.#width) + dy, (p % this.#width) + dx];
    const isInside = y >= 0 && y < this.#height && x >= 0 && x < this.#width;
    return isInside ? y * this.#width + x : null;
  }
}

function inverse(order: readonly number[]): number[] {
  const back: number[] = [];
  order.forEach((from, to) => {
    back[from] = to;
  });
  return back;
}

/** As a tensor that a gather takes. */
export function indices(values: readonly number[]): Tensor1D {
  return tensor1d([...values], "int32");
}
