/**
 * The LSTM cell with taps on itself, and its gradient, wave by wave (network/waves.ts): all positions of a wave at once, as one product of matrices. Of
 * gates o, f, i, g = c̃,
 *
 *     a[p] = x[p] + Σ_t h[p + t]·W_t        c[p] = f·c[p + cell] + i·g        h[p] = o·tanh(c[p])        (o, f, i = σ, g = tanh of a's quarters)
 *
 * and backwards, with dh and dc what comes from above and from later waves,
 *
 *     dh[p] += Σ_t da[p − t]·W_tᵀ        dc[p] += dh·o·(1 − tanh²(c)) + (f·dc)[p − cell]
 *     da = (dh·tanh(c)·o(1 − o),  dc·c[p + cell]·f(1 − f),  dc·g·i(1 − i),  dc·i·(1 − g²))
 *
 * van den Oord et al. 2016, arXiv:1601.06759, equation 3. Inside, positions come first, in the order of the waves, [H·W, B, F]; and all o before all f,
 * whatever the channel groups.
 */
import {
  add,
  concat,
  gather,
  matMul,
  mul,
  reshape,
  sigmoid,
  slice,
  square,
  sub,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  tanh,
  tensor1d,
  tidy,
  transpose,
  zeros,
} from "@tensorflow/tfjs-core";
import type { Recurrence, TapOffset } from "../computation/primitive.ts";
import { quartersByGate } from "../computation/quarters.ts";
import { waveOrderOf, wavesOf } from "../network/waves.ts";
import { hasKernel, runKernel } from "./fused.ts";
import { convolve } from "./tap-convolution.ts";

/**
 * @param x [B, H, W, 4F] @param weight [taps, F, 4F]
 * @returns h and c, [B, H, W, 2F]
 */
export function lstm(x: Tensor4D, weight: Tensor3D, recurrence: Recurrence): Tensor4D {
  if (hasKernel("TapLstm")) return runKernel("TapLstm", { x, filter: weight }, attributesOf(recurrence));
  const { taps, cell } = recurrence;
  const order = new Order(x.shape, recurrence);
  const gates = order.byWave(order.byGate(x)); // [H·W, B, 4F]
  const matrix = together(order.byGate(weight)); // [taps·F, 4F]
  const channels = weight.shape[1];
  const hidden = new Waves(order, channels);
  const cells = new Waves(order, channels);
  order.waves.forEach((positions, wave) => {
    if (positions.length === 0) return;
    const [h, c] = tidy(() => {
      const read = taps.map((tap) => hidden.at(wave, tap));
      const a = add(order.part(gates, wave), product(concat(read, 2), matrix));
      const [o, f, i, g] = gatesOf(a as Tensor3D);
      const next = add(mul(f, cells.at(wave, cell)), mul(i, g));
      return [mul(o, tanh(next)), next] as [Tensor3D, Tensor3D];
    });
    hidden.put(wave, h);
    cells.put(wave, c);
  });
  return order.byPosition(concat([hidden.all(), cells.all()], 2));
}

/**
 * @param states h and c, [B, H, W, 2F] @param dstates [B, H, W, 2F]
 * @returns da, [B, H, W, 4F]
 */
export function lstmGradient(
  x: Tensor4D,
  weight: Tensor3D,
  states: Tensor4D,
  dstates: Tensor4D,
  recurrence: Recurrence,
): Tensor4D {
  if (hasKernel("TapLstmGrad")) {
    return runKernel("TapLstmGrad", { x, filter: weight, states, dstates }, attributesOf(recurrence));
  }
  const { taps, cell } = recurrence;
  const order = new Order(x.shape, recurrence);
  const channels = weight.shape[1];
  const matrix = together(order.byGate(weight));
  const sums = add(x, convolve(channelsOf(states, 0, channels), weight, taps)) as Tensor4D;
  const [o, f, i, g] = gatesOf(order.byWave(order.byGate(sums)));
  const c = order.byWave(channelsOf(states, channels, channels));
  const before = order.moved(c, cell);
  const squashed = tanh(c);
  // What dh is to dc, and what dh and dc are to da.
  const toCell = mul(o, sub(1, square(squashed)));
  const slopes = concat(
    [
      mul(squashed, mul(o, sub(1, o))),
      mul(before, mul(f, sub(1, f))),
      mul(g, mul(i, sub(1, i))),
      mul(i, sub(1, square(g))),
    ],
    2,
  ) as Tensor3D;
  const given = order.byWave(dstates);
  const sumGradients = new Waves(order, 4 * channels);
  const carried = new Waves(order, channels);
  for (let wave = order.waves.length - 1; wave >= 0; wave--) {
    if (order.waves[wave]!.length === 0) continue;
    const [da, on] = tidy(() => {
      const [dhGiven, dcGiven] = [0, channels].map((from) =>
        channelsOf(order.part(given, wave), from, channels),
      ) as [Tensor3D, Tensor3D];
      const back = taps.map(([dy, dx], t) => {
        const ofTap = slice(matrix, [t * channels, 0], [channels, 4 * channels]);
        return product(sumGradients.at(wave, [-dy, -dx]), ofTap, true);
      });
      const dh = back.reduce((sum, part) => add(sum, part), dhGiven);
      const [dy, dx] = cell;
      const through = mul(dh, order.part(toCell as Tensor3D, wave));
      const dc = add(add(dcGiven, through), carried.at(wave, [-dy, -dx]));
      const slope = order.part(slopes, wave);
      return [mul(concat([dh, dc, dc, dc], 2), slope), mul(dc, order.part(f, wave))] as [Tensor3D, Tensor3D];
    });
    sumGradients.put(wave, da);
    carried.put(wave, on);
  }
  return order.byGroup(order.byPosition(sumGradients.all()));
}

/** What a fused kernel is told. */
function attributesOf({ taps, cell, groups }: Recurrence): Record<string, unknown> {
  const { down, along } = waveOrderOf([...taps, cell]);
  return { offsets: taps.flat(), cell, groups: groups.flat(), wave: [down, along] };
}

/** Positions and gates in the order in which they are computed. */
class Order {
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

/** What has been computed of a value, wave by wave: [positions of the wave, B, F] each. */
class Waves {
  readonly #parts: (Tensor3D | null)[];
  readonly #order: Order;
  readonly #channels: number;

  constructor(order: Order, channels: number) {
    this.#order = order;
    this.#channels = channels;
    this.#parts = order.waves.map(() => null);
  }

  put(wave: number, part: Tensor3D): void {
    this.#parts[wave] = part;
  }

  /** What lies at an offset of every position of a wave, 0 outside the picture. */
  at(wave: number, offset: TapOffset): Tensor3D {
    const { wave: other, places } = this.#order.reads(wave, offset);
    const size = [this.#order.batch, this.#channels] as const;
    if (other === null) return zeros([places.length, ...size]);
    const part = this.#parts[other]!;
    const [count] = part.shape;
    if (places.length === count && places.every((place, k) => place === k)) return part;
    const padded = places.includes(-1) ? (concat([part, zeros([1, ...size])], 0) as Tensor3D) : part;
    return gather(padded, indices(places.map((place) => (place < 0 ? count : place))));
  }

  /** Of all positions, in the order of the waves. */
  all(): Tensor3D {
    return concat(this.#parts.filter((part) => part !== null));
  }
}

/** σ of the first three quarters, tanh of the last. */
function gatesOf(a: Tensor3D): [Tensor3D, Tensor3D, Tensor3D, Tensor3D] {
  const channels = a.shape[2] / 4;
  const quarter = (k: number) => channelsOf(a, k * channels, channels);
  return [sigmoid(quarter(0)), sigmoid(quarter(1)), sigmoid(quarter(2)), tanh(quarter(3))];
}

/** Rows by a matrix: [n, B, F] · [F, G], or with the matrix's transpose. */
function product(rows: Tensor, matrix: Tensor, transposeMatrix = false): Tensor3D {
  const [count, batch, channels] = rows.shape as [number, number, number];
  const flat = matMul(reshape(rows, [count * batch, channels]), matrix, false, transposeMatrix);
  return reshape(flat, [count, batch, -1]);
}

/** Taps after one another as the rows of one matrix. */
function together(weight: Tensor3D): Tensor {
  const [taps, channels, columns] = weight.shape;
  return reshape(weight, [taps * channels, columns]);
}

function channelsOf<T extends Tensor>(x: T, from: number, count: number): T {
  const last = x.shape.length - 1;
  const begin = x.shape.map((_, axis) => (axis === last ? from : 0));
  return slice(
    x,
    begin,
    x.shape.map((length, axis) => (axis === last ? count : length)),
  );
}

function inverse(order: readonly number[]): number[] {
  const back: number[] = [];
  order.forEach((from, to) => {
    back[from] = to;
  });
  return back;
}

function indices(values: readonly number[]) {
  return tensor1d([...values], "int32");
}
