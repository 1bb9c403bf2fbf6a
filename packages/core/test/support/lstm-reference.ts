/**
 * The LSTM cell with taps on itself as its definition says, in float64, position by position, and its gradient by central differences of it.
 */
import type { Recurrence } from "../../src/computation/primitive.ts";
import { differencesOf } from "./differences.ts";

export interface LstmShape extends Recurrence {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

type Numbers = ArrayLike<number>;

/** h and c, [B, H, W, 2F], of what the gates are told, [B, H, W, 4F], and weights [taps, F, 4F]. */
export function referenceLstm(shape: LstmShape, x: Numbers, weight: Numbers): Float64Array {
  const { batch, height, width, taps, cell, groups } = shape;
  const channels = groups.at(-1)![1];
  const states = new Float64Array(batch * height * width * 2 * channels);
  const isLeftwards = [...taps, cell].some(([dy, dx]) => dy === 0 && dx > 0);
  const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
  for (let picture = 0; picture < batch; picture++) {
    const stateAt = (y: number, x: number, channel: number) =>
      y < 0 || y >= height || x < 0 || x >= width
        ? 0
        : states[((picture * height + y) * width + x) * 2 * channels + channel]!;
    for (let y = 0; y < height; y++) {
      for (let step = 0; step < width; step++) {
        const column = isLeftwards ? width - 1 - step : step;
        const p = (picture * height + y) * width + column;
        const sum = (k: number) =>
          taps.reduce(
            (total, [dy, dx], t) => {
              for (let i = 0; i < channels; i++) {
                total += stateAt(y + dy, column + dx, i) * weight[(t * channels + i) * 4 * channels + k]!;
              }
              return total;
            },
            x[p * 4 * channels + k]!,
          );
        for (const [start, end] of groups) {
          const size = end - start;
          for (let f = 0; f < size; f++) {
            const [o, forget, i, candidate] = [0, 1, 2, 3].map((gate) =>
              sum(4 * start + gate * size + f),
            ) as [number, number, number, number];
            const before = stateAt(y + cell[0], column + cell[1], channels + start + f);
            const c = sigmoid(forget) * before + sigmoid(i) * Math.tanh(candidate);
            states[p * 2 * channels + start + f] = sigmoid(o) * Math.tanh(c);
            states[p * 2 * channels + channels + start + f] = c;
          }
        }
      }
    }
  }
  return states;
}

/** What x and the weights do to Σ dstates·states, at the entries that are asked for; at all of them by default. */
export function lstmDifferences(
  shape: LstmShape,
  inputs: readonly [Numbers, Numbers],
  dstates: Numbers,
  isWanted: (entry: number, length: number) => boolean = () => true,
): (number | null)[][] {
  const loss = (...exact: Float64Array[]) =>
    referenceLstm(shape, exact[0]!, exact[1]!).reduce((sum, state, i) => sum + state * dstates[i]!, 0);
  return differencesOf(inputs, loss, isWanted);
}
