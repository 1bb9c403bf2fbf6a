/**
 * An LSTM cell with taps on itself, and its gradient, as loops over waves (core's network/waves.ts): of gates o, f, i, g,
 *
 *     a[p] = x[p] + Σ_t h[p + t]·W_t        c[p] = σ(f)·c[p + cell] + σ(i)·tanh(g)        h[p] = σ(o)·tanh(c[p])
 *
 * and backwards, with dh and dc what comes from elsewhere and from later waves,
 *
 *     dh[p] += Σ_t da[p − t]·W_tᵀ        dc[p] += dh·o·(1 − tanh²(c)) + (f·dc)[p − cell]
 *     da = (dh·tanh(c)·o(1 − o),  dc·c[p + cell]·f(1 − f),  dc·g·i(1 − i),  dc·i·(1 − g²))
 *
 * Pictures are skewed so that a wave is a slice: [waves, lanes, pictures, channels], a lane a row of the picture, or a column where waves are rows. Lanes of a
 * wave that lie beside the picture compute something that nobody reads: what is read across the picture's sides is 0. There are as many as positions, where
 * one picture is as wide as it is high, so pictures stand in chains side by side, and the next begins in lanes that the one before has left. What the gradient
 * needs of gates is worked out for all positions at once, before its loop.
 */
import { quartersByGate, quartersByGroup, type Recurrence, type TapOffset } from "@pixelcnn/core/computation";
import { moved, writeConvolution } from "./convolution.ts";
import type { ModuleWriter, Operand } from "./module-writer.ts";
import { Waves } from "./waves.ts";

/** (x [B,H,W,4F], W [taps,F,4F]) → h and c, [B,H,W,2F] */
export function writeLstm(
  write: ModuleWriter,
  [x, weight]: readonly [Operand, Operand],
  recurrence: Recurrence,
): Operand {
  const { taps, cell, groups } = recurrence;
  const waves = new Waves(write, x, recurrence);
  const channels = weight.shape[1]!;
  const gates = waves.skewed(inOrder(write, x, quartersByGate(groups)));
  const matrix = write.reshape(inOrder(write, weight, quartersByGate(groups)), [
    taps.length * channels,
    4 * channels,
  ]);
  const room = waves.room(channels);
  const [hidden, cells] = write.repeat(waves.count, [room, room], (wave, [h, c]) => {
    const read = taps.map((tap) => waves.read(h!, wave, tap, 1));
    const sums = write.product(write.concatenate(read, 1), matrix, 1, 0);
    const a = write.elementwise("add", waves.rows(gates, wave), sums);
    const [o, f, i, g] = gatesOf(write, a);
    const kept = write.elementwise("multiply", f, waves.read(c!, wave, cell, 1));
    const next = write.elementwise("add", kept, write.elementwise("multiply", i, g));
    const out = write.elementwise("multiply", o, write.elementwise("tanh", next));
    return [waves.put(h!, wave, out, 1), waves.put(c!, wave, next, 1)];
  });
  return write.concatenate([waves.pictures(hidden!, 1), waves.pictures(cells!, 1)], 3);
}

/** (x, W, states [B,H,W,2F], dstates [B,H,W,2F]) → da, [B,H,W,4F] */
export function writeLstmGradient(
  write: ModuleWriter,
  [x, weight, states, dstates]: readonly [Operand, Operand, Operand, Operand],
  recurrence: Recurrence,
): Operand {
  const { taps, cell, groups } = recurrence;
  const waves = new Waves(write, x, recurrence);
  const channels = weight.shape[1]!;
  const half = (array: Operand, n: number) => write.cut(array, 3, n * channels, (n + 1) * channels);
  const sums = write.elementwise("add", x, writeConvolution(write, half(states, 0), weight, taps));
  const slopes = waves.skewed(
    slopesOf(write, inOrder(write, sums, quartersByGate(groups)), half(states, 1), cell),
  );
  const given = waves.skewed(dstates);
  const transposed = write.transpose(inOrder(write, weight, quartersByGate(groups)), [0, 2, 1]);
  const matrix = write.reshape(transposed, [taps.length * 4 * channels, channels]);
  const [gradient] = write.repeat(
    waves.count,
    [waves.room(4 * channels), waves.room(channels)],
    (turn, [da, carried]) => {
      const wave = write.elementwise("subtract", write.constant(waves.count - 1, [], "s32"), turn);
      const part = (rows: Operand, n: number) => write.cut(rows, 1, n * channels, (n + 1) * channels);
      const [slope, own] = [waves.rows(slopes, wave), waves.rows(given, wave)];
      const read = taps.map((tap) => waves.read(da!, wave, tap, -1));
      const back = write.product(write.concatenate(read, 1), matrix, 1, 0);
      const dh = write.elementwise("add", part(own, 0), back);
      const through = write.elementwise("multiply", dh, part(slope, 4));
      const handed = write.elementwise("add", part(own, 1), waves.read(carried!, wave, cell, -1));
      const dc = write.elementwise("add", through, handed);
      const all = write.concatenate([dh, dc, dc, dc], 1);
      const ownGradients = write.elementwise("multiply", all, write.cut(slope, 1, 0, 4 * channels));
      const on = write.elementwise("multiply", dc, part(slope, 5));
      return [waves.put(da!, wave, ownGradients, -1), waves.put(carried!, wave, on, -1)];
    },
  );
  return inOrder(write, waves.pictures(gradient!, -1), quartersByGroup(groups));
}

/** What dh, dc, dc and dc are times to be da; what dh is times to be dc's; and f: channels after channels, [B,H,W,6F]. */
function slopesOf(write: ModuleWriter, sums: Operand, c: Operand, cell: TapOffset): Operand {
  const one = write.constant(1, c.shape);
  const times = (...factors: Operand[]) => factors.reduce((a, b) => write.elementwise("multiply", a, b));
  const rest = (x: Operand) => write.elementwise("subtract", one, x);
  const [o, f, i, g] = gatesOf(write, sums);
  const squashed = write.elementwise("tanh", c);
  return write.concatenate(
    [
      times(squashed, o, rest(o)),
      times(moved(write, c, cell), f, rest(f)),
      times(g, i, rest(i)),
      times(i, rest(times(g, g))),
      times(o, rest(times(squashed, squashed))),
      f,
    ],
    3,
  );
}

/** σ of the first three quarters of the last axis, tanh of the last. */
function gatesOf(write: ModuleWriter, a: Operand): [Operand, Operand, Operand, Operand] {
  const last = a.shape.length - 1;
  const channels = a.shape[last]! / 4;
  const quarter = (k: number) => write.cut(a, last, k * channels, (k + 1) * channels);
  const [o, f, i] = [0, 1, 2].map((k) => write.elementwise("logistic", quarter(k))) as [
    Operand,
    Operand,
    Operand,
  ];
  return [o, f, i, write.elementwise("tanh", quarter(3))];
}

/** Ranges of the last axis after one another; the array as it is where there are none. */
function inOrder(write: ModuleWriter, x: Operand, ranges: ReturnType<typeof quartersByGate>): Operand {
  if (ranges === null) return x;
  const last = x.shape.length - 1;
  return write.concatenate(
    ranges.map(([first, end]) => write.cut(x, last, first, end)),
    last,
  );
}
