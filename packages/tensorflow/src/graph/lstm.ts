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
 * Positions stand in the order of their waves, [H·W, B, F], and one more of zeros behind them, for what is read outside the picture. A turn takes those of a
 * wave, looks up by tables where they read, and writes its own into the same memory, once all that it reads has been read. What the gradient needs of gates is
 * worked out for all positions at once, before its loop.
 */
import { quartersByGate, quartersByGroup, type Recurrence, type TapOffset } from "@pixelcnn/core/computation";
import { writeConvolution } from "./convolution.ts";
import type { GraphWriter, Operand } from "./graph-writer.ts";
import { WaveOrder } from "./wave-order.ts";

/** (x [B,H,W,4F], W [taps,F,4F]) → h and c, [B,H,W,2F] */
export function writeLstm(
  write: GraphWriter,
  [x, weight]: readonly [Operand, Operand],
  recurrence: Recurrence,
): Operand {
  const { taps, cell, groups } = recurrence;
  const order = new WaveOrder(x.shape, recurrence);
  const channels = weight.shape[1]!;
  const gates = order.byWave(write, inOrder(write, x, quartersByGate(groups)));
  const matrix = write.reshape(inOrder(write, weight, quartersByGate(groups)), [
    taps.length * channels,
    4 * channels,
  ]);
  const tables = [...taps, cell].map((offset) => order.table(write, offset, 1));
  const room = [order.room(write, channels), order.room(write, channels)];
  const fixed = [gates, matrix, ...order.turns(write, 1), ...tables];
  const [hidden, cells] = write.repeat(order.count, room, fixed, (inner, turn, [h, c], given) => {
    const [gatesHere, matrixHere, starts, lengths, numbers, ...lookUp] = given as [
      Operand,
      Operand,
      Operand,
      Operand,
      Operand,
      ...Operand[],
    ];
    const wave = order.wave(inner, turn, starts, lengths);
    const places = lookUp.map((table) => inner.range(table, wave));
    const read = taps.map((_, t) => inner.gather(h!, places[t]!));
    const before = inner.gather(c!, places.at(-1)!);
    const sums = inner.product(inner.matrix(inner.concatenate(read, 2)), matrixHere);
    const a = inner.binary("AddV2", inner.matrix(inner.range(gatesHere, wave)), sums);
    const [o, f, i, g] = gatesOf(inner, a);
    const kept = inner.binary("Mul", f, inner.matrix(before));
    const next = inner.binary("AddV2", kept, inner.binary("Mul", i, g));
    const out = inner.binary("Mul", o, inner.unary("Tanh", next));
    const rows = inner.range(numbers, wave);
    return [
      inner.overwrite(h!, rows, order.asPositions(inner, out), read),
      inner.overwrite(c!, rows, order.asPositions(inner, next), [before]),
    ];
  });
  return order.byPosition(write, write.concatenate([hidden!, cells!], 2));
}

/** (x, W, states [B,H,W,2F], dstates [B,H,W,2F]) → da, [B,H,W,4F] */
export function writeLstmGradient(
  write: GraphWriter,
  [x, weight, states, dstates]: readonly [Operand, Operand, Operand, Operand],
  recurrence: Recurrence,
): Operand {
  const { taps, cell, groups } = recurrence;
  const order = new WaveOrder(x.shape, recurrence);
  const channels = weight.shape[1]!;
  const half = (array: Operand, n: number) => write.cut(array, 3, n * channels, (n + 1) * channels);
  const sums = write.binary("AddV2", x, writeConvolution(write, half(states, 0), weight, null, taps));
  const slopes = order.byWave(
    write,
    slopesOf(write, inOrder(write, sums, quartersByGate(groups)), half(states, 1), cell),
  );
  const given = order.byWave(write, dstates);
  const transposed = write.transpose(inOrder(write, weight, quartersByGate(groups)), [0, 2, 1]);
  const matrix = write.reshape(transposed, [taps.length * 4 * channels, channels]);
  const tables = [...taps, cell].map((offset) => order.table(write, offset, -1));
  const room = [order.room(write, 4 * channels), order.room(write, channels)];
  const fixed = [slopes, given, matrix, ...order.turns(write, -1), ...tables];
  const [gradient] = write.repeat(order.count, room, fixed, (inner, turn, [da, carried], here) => {
    const [slopesHere, givenHere, matrixHere, starts, lengths, numbers, ...lookUp] = here as [
      Operand,
      Operand,
      Operand,
      Operand,
      Operand,
      Operand,
      ...Operand[],
    ];
    const wave = order.wave(inner, turn, starts, lengths);
    const places = lookUp.map((table) => inner.range(table, wave));
    const read = taps.map((_, t) => inner.gather(da!, places[t]!));
    const handed = inner.gather(carried!, places.at(-1)!);
    const part = (rows: Operand, n: number, count = 1) => inner.columns(rows, n * channels, count * channels);
    const [slope, own] = [slopesHere, givenHere].map((array) => inner.matrix(inner.range(array, wave))) as [
      Operand,
      Operand,
    ];
    const back = inner.product(inner.matrix(inner.concatenate(read, 2)), matrixHere);
    const dh = inner.binary("AddV2", part(own, 0), back);
    const through = inner.binary("Mul", dh, part(slope, 4));
    const dc = inner.binary("AddV2", through, inner.binary("AddV2", part(own, 1), inner.matrix(handed)));
    const gradients = inner.binary("Mul", inner.concatenate([dh, dc, dc, dc], 1), part(slope, 0, 4));
    const on = inner.binary("Mul", dc, part(slope, 5));
    const rows = inner.range(numbers, wave);
    return [
      inner.overwrite(da!, rows, order.asPositions(inner, gradients), read),
      inner.overwrite(carried!, rows, order.asPositions(inner, on), [handed]),
    ];
  });
  return inOrder(write, order.byPosition(write, gradient!), quartersByGroup(groups));
}

/** What dh, dc, dc and dc are times to be da; what dh is times to be dc's; and f: channels after channels, [B,H,W,6F]. */
function slopesOf(write: GraphWriter, sums: Operand, c: Operand, cell: TapOffset): Operand {
  const times = (...factors: Operand[]) => factors.reduce((a, b) => write.binary("Mul", a, b));
  const rest = (x: Operand) => write.binary("Sub", write.constant(1), x);
  const [o, f, i, g] = gatesOf(write, sums);
  const squashed = write.unary("Tanh", c);
  const parts = [
    times(squashed, o, rest(o)),
    times(moved(write, c, cell), f, rest(f)),
    times(g, i, rest(i)),
    times(i, rest(times(g, g))),
    times(o, rest(times(squashed, squashed))),
    f,
  ];
  return write.concatenate(parts, 3);
}

/** σ of the first three quarters of the last axis, tanh of the last. */
function gatesOf(write: GraphWriter, a: Operand): [Operand, Operand, Operand, Operand] {
  const channels = a.shape.at(-1)! / 4;
  const squashed = write.unary("Sigmoid", write.columns(a, 0, 3 * channels));
  const gate = (k: number) => write.columns(squashed, k * channels, channels);
  return [gate(0), gate(1), gate(2), write.unary("Tanh", write.columns(a, 3 * channels, channels))];
}

/** What lies at an offset of every position, 0 outside the picture: [B,H,W,F]. */
function moved(write: GraphWriter, x: Operand, [dy, dx]: TapOffset): Operand {
  const [, height, width] = x.shape as [number, number, number, number];
  if (Math.abs(dy) >= height || Math.abs(dx) >= width) return write.binary("Mul", x, write.constant(0));
  const rows = write.cut(x, 1, Math.max(0, dy), height + Math.min(0, dy));
  const kept = write.cut(rows, 2, Math.max(0, dx), width + Math.min(0, dx));
  const before = [0, Math.max(0, -dy), Math.max(0, -dx), 0];
  return write.pad(kept, before, [0, Math.max(0, dy), Math.max(0, dx), 0]);
}

/** Ranges of the last axis after one another; the array as it is where there are none. */
function inOrder(write: GraphWriter, x: Operand, ranges: ReturnType<typeof quartersByGate>): Operand {
  if (ranges === null) return x;
  const last = x.shape.length - 1;
  return write.concatenate(
    ranges.map(([first, end]) => write.cut(x, last, first, end)),
    last,
  );
}
