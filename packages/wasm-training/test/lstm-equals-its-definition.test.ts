import { expect, test } from "vitest";
import { expectClose, normal, runKernel } from "./wasm-session.ts";

interface Case {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** Channels of every group. */
  readonly groups: readonly number[];
  readonly offsets: readonly (readonly [dy: number, dx: number])[];
  readonly cell: readonly [dy: number, dx: number];
  readonly wave: readonly [down: number, along: number];
}

const row = {
  offsets: [
    [-1, -1],
    [-1, 0],
    [-1, 1],
  ],
  cell: [-1, 0],
  wave: [1, 0],
} as const;
const diagonal = {
  offsets: [
    [-1, 0],
    [0, -1],
  ],
  cell: [0, -1],
  wave: [1, 1],
} as const;
const mirrored = {
  offsets: [
    [-1, 0],
    [0, 1],
  ],
  cell: [0, 1],
  wave: [1, -1],
} as const;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** The states, and da, in float64: positions one after another in an order in which all that is read has been computed. */
function reference(one: Case, x: Float32Array, filter: Float32Array, dstates: Float32Array) {
  const { batch, height, width, groups, offsets, cell, wave } = one;
  const F = groups.reduce((sum, count) => sum + count, 0);
  const states = new Float64Array(batch * height * width * 2 * F);
  const gates = new Float64Array(batch * height * width * 4 * F);
  const da = new Float64Array(gates.length);
  const order = Array.from({ length: height * width }, (_, p) => [Math.floor(p / width), p % width] as const);
  const number = ([y, column]: readonly [number, number]) => wave[0] * y + wave[1] * column;
  order.sort((a, b) => number(a) - number(b));
  /** Index of a position, −1 outside the picture. */
  const at = (b: number, y: number, column: number) =>
    y < 0 || y >= height || column < 0 || column >= width ? -1 : (b * height + y) * width + column;
  // Of every channel, those of its four gates.
  let [first, k] = [0, 0];
  const quarters = new Map<number, number[]>();
  for (const count of groups) {
    for (let n = 0; n < count; n++)
      quarters.set(
        k++,
        [0, 1, 2, 3].map((gate) => 4 * first + gate * count + n),
      );
    first += count;
  }
  for (let b = 0; b < batch; b++) {
    for (const [y, column] of order) {
      const p = at(b, y, column);
      for (let gate = 0; gate < 4 * F; gate++) {
        let sum = x[p * 4 * F + gate]!;
        offsets.forEach(([dy, dx], t) => {
          const q = at(b, y + dy, column + dx);
          for (let c = 0; q >= 0 && c < F; c++)
            sum += states[q * 2 * F + c]! * filter[(t * F + c) * 4 * F + gate]!;
        });
        gates[p * 4 * F + gate] = sum;
      }
      const before = at(b, y + cell[0], column + cell[1]);
      for (let c = 0; c < F; c++) {
        const [o, f, i, g] = quarters.get(c)!.map((gate) => gates[p * 4 * F + gate]!) as [
          number,
          number,
          number,
          number,
        ];
        const old = before < 0 ? 0 : states[before * 2 * F + F + c]!;
        const next = logistic(f) * old + logistic(i) * Math.tanh(g);
        states[p * 2 * F + c] = logistic(o) * Math.tanh(next);
        states[p * 2 * F + F + c] = next;
      }
    }
    const slopes = Float64Array.from(dstates);
    for (const [y, column] of [...order].reverse()) {
      const p = at(b, y, column);
      const before = at(b, y + cell[0], column + cell[1]);
      for (let c = 0; c < F; c++) {
        const own = quarters.get(c)!;
        const [o, f, i] = own.slice(0, 3).map((gate) => logistic(gates[p * 4 * F + gate]!)) as [
          number,
          number,
          number,
        ];
        const g = Math.tanh(gates[p * 4 * F + own[3]!]!);
        const t = Math.tanh(states[p * 2 * F + F + c]!);
        const old = before < 0 ? 0 : states[before * 2 * F + F + c]!;
        const dh = slopes[p * 2 * F + c]!;
        const dc = slopes[p * 2 * F + F + c]! + dh * o * (1 - t * t);
        if (before >= 0) slopes[before * 2 * F + F + c]! += dc * f;
        const gradients = [
          dh * t * o * (1 - o),
          dc * old * f * (1 - f),
          dc * g * i * (1 - i),
          dc * i * (1 - g * g),
        ];
        own.forEach((gate, n) => {
          da[p * 4 * F + gate] = gradients[n]!;
        });
      }
      offsets.forEach(([dy, dx], t) => {
        const q = at(b, y + dy, column + dx);
        for (let c = 0; q >= 0 && c < F; c++)
          for (let gate = 0; gate < 4 * F; gate++)
            slopes[q * 2 * F + c]! += da[p * 4 * F + gate]! * filter[(t * F + c) * 4 * F + gate]!;
      });
    }
  }
  return { states, da };
}

function check(one: Case): void {
  const { batch, height, width, groups, offsets, cell, wave } = one;
  const F = groups.reduce((sum, count) => sum + count, 0);
  const array = (shape: number[], seed: number, factor = 1) => ({
    values: normal(
      shape.reduce((product, side) => product * side, 1),
      seed,
    ).map((value) => factor * value),
    shape,
  });
  const x = array([batch, height, width, 4 * F], 1, 2);
  const filter = array([offsets.length, F, 4 * F], 2, 1 / Math.sqrt(F));
  const dstates = array([batch, height, width, 2 * F], 3);
  const expected = reference(one, x.values, filter.values, dstates.values);
  const ends = groups.map((_, group) => groups.slice(0, group + 1).reduce((sum, count) => sum + count, 0));
  const ranges = ends.flatMap((end, group) => [end - groups[group]!, end]);
  const attributes = { offsets: offsets.flat(), cell, groups: ranges, wave };
  const states = runKernel("TapLstm", { x, filter }, attributes);
  expect(states.shape).toEqual(dstates.shape);
  expectClose(states.values, expected.states);
  const given = { values: Float32Array.from(expected.states), shape: states.shape };
  const da = runKernel("TapLstmGrad", { x, filter, states: given, dstates }, attributes);
  expect(da.shape).toEqual(x.shape);
  expectClose(da.values, expected.da, 4e-6);
}

test.each([
  ["row by row", row],
  ["along diagonals", diagonal],
  ["along the other diagonals", mirrored],
])("%s: of widths that fill vectors and that do not, of one picture and several", (_, taps) => {
  check({ batch: 1, height: 1, width: 1, groups: [1], ...taps });
  check({ batch: 1, height: 5, width: 1, groups: [4], ...taps });
  check({ batch: 2, height: 1, width: 6, groups: [3], ...taps });
  check({ batch: 3, height: 7, width: 5, groups: [8], ...taps });
  check({ batch: 2, height: 5, width: 9, groups: [3, 0, 4, 6], ...taps });
  check({ batch: 5, height: 6, width: 7, groups: [16], ...taps });
});

test("taps that reach far, and a cell that lies elsewhere than they do", () => {
  const size = { batch: 2, height: 6, width: 7, groups: [4, 5] };
  check({
    ...size,
    offsets: [
      [-1, 1],
      [0, -1],
    ],
    cell: [-2, 1],
    wave: [2, 1],
  });
  check({
    ...size,
    offsets: [
      [-1, -2],
      [0, 2],
      [0, 1],
    ],
    cell: [-1, 0],
    wave: [3, -1],
  });
  check({
    ...size,
    offsets: [
      [-2, 3],
      [-1, 0],
      [-40, 0],
    ],
    cell: [-3, -2],
    wave: [1, 0],
  });
  check({
    ...size,
    offsets: [
      [0, -9],
      [-1, 0],
    ],
    cell: [0, -8],
    wave: [1, 1],
  });
  check({ ...size, offsets: [[-6, 0]], cell: [-7, 0], wave: [1, 0] });
});

test("gates that are shut, and wide open", () => {
  const shape = [1, 2, 3, 4];
  const x = {
    values: [
      1000, -1000, 1000, 60, -1000, 1000, -1000, -60, 90, 90, 90, 90, 0, 0, 0, 0, -90, -90, -90, -90, 3, 3, 3,
      3,
    ],
    shape,
  };
  const filter = { values: new Float32Array(8), shape: [2, 1, 4] };
  const dstates = { values: new Float32Array(12).fill(1), shape: [1, 2, 3, 2] };
  const expected = reference(
    { batch: 1, height: 2, width: 3, groups: [1], ...diagonal },
    Float32Array.from(x.values),
    filter.values,
    dstates.values,
  );
  const attributes = { ...diagonal, offsets: diagonal.offsets.flat(), groups: [0, 1] };
  const states = runKernel("TapLstm", { x, filter }, attributes);
  expectClose(states.values, expected.states);
  expectClose(runKernel("TapLstmGrad", { x, filter, states, dstates }, attributes).values, expected.da, 4e-6);
});
