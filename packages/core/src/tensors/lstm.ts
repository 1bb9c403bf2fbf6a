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
  tidy,
} from "@tensorflow/tfjs-core";
import type { Recurrence } from "../computation/primitive.ts";
import { waveOrderOf } from "../network/waves.ts";
import { hasKernel, runKernel } from "./fused.ts";
import { convolve } from "./tap-convolution.ts";
import { WaveOrder } from "./wave-order.ts";
import { WaveValues } from "./wave-values.ts";

/**
 * @param x [B, H, W, 4F] @param weight [taps, F, 4F]
 * @returns h and c, [B, H, W, 2F]
 */
export function lstm(x: Tensor4D, weight: Tensor3D, recurrence: Recurrence): Tensor4D {
  if (hasKernel("TapLstm")) return runKernel("TapLstm", { x, filter: weight }, attributesOf(recurrence));
  const { taps, cell } = recurrence;
  const order = new WaveOrder(x.shape, recurrence);
  const gates = order.byWave(order.byGate(x)); // [H·W, B, 4F]
  const matrix = together(order.byGate(weight)); // [taps·F, 4F]
  const channels = weight.shape[1];
  const hidden = new WaveValues(order, channels);
  const cells = new WaveValues(order, channels);
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
  const order = new WaveOrder(x.shape, recurrence);
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
  const sumGradients = new WaveValues(order, 4 * channels);
  const carried = new WaveValues(order, channels);
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
