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
export function referenceLstm(shape: LstmShape, told: Numbers, weights: Numbers): Float64Array {
  const [x, weight] = [told, weights].map((values) =>
    values instanceof Float64Array ? values : Float64Array.from(values),
  ) as [Float64Array, Float64Array];
  const { batch, height, width, taps, cell, groups } = shape;
  const channels = groups.at(-1)![1];
  const states = new Float64Array(batch * height * width * 2 * channels);
  const isLeftwards = [...taps, cell].some(([dy, dx]) => dy === 0 && dx > 0);
  const sums = new Float64Array(4 * channels);
  // Differences ask for thousands of these: loops without functions of their own take a twentieth of the time.
  for (let picture = 0; picture < batch; picture++) {
    for (let y = 0; y < height; y++) {
      for (let step = 0; step < width; step++) {
        const column = isLeftwards ? width - 1 - step : step;
        const here = 2 * channels * ((picture * height + y) * width + column);
        for (let k = 0; k < 4 * channels; k++) sums[k] = x[2 * here + k]!;
        for (let t = 0; t < taps.length; t++) {
          const [dy, dx] = taps[t]!;
          if (!isInside(shape, y + dy, column + dx)) continue;
          const there = here + 2 * channels * (dy * width + dx);
          for (let i = 0; i < channels; i++) {
            const row = (t * channels + i) * 4 * channels;
            const h = states[there + i]!;
            for (let k = 0; k < 4 * channels; k++) sums[k]! += h * weight[row + k]!;
          }
        }
        const before = isInside(shape, y + cell[0], column + cell[1])
          ? here + 2 * channels * (cell[0] * width + cell[1]) + channels
          : null;
        for (const [start, end] of groups) {
          const size = end - start;
          for (let f = start; f < end; f++) {
            const at = 3 * start + f;
            const [output, forget] = [sums[at]!, sums[at + size]!];
            const [input, candidate] = [sums[at + 2 * size]!, sums[at + 3 * size]!];
            const kept = before === null ? 0 : states[before + f]!;
            const c = logistic(forget) * kept + logistic(input) * Math.tanh(candidate);
            states[here + f] = logistic(output) * Math.tanh(c);
            states[here + channels + f] = c;
          }
        }
      }
    }
  }
  return states;
}

function isInside({ height, width }: LstmShape, y: number, x: number): boolean {
  return y >= 0 && y < height && x >= 0 && x < width;
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
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
