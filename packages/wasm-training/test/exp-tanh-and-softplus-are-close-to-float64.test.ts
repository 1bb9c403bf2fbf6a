import { describe, expect, test } from "vitest";
import { largestRelativeError, normal, runKernel, tf } from "./wasm-session.ts";

const references: Record<string, (x: number) => number> = {
  Exp: Math.exp,
  Expm1: Math.expm1,
  Tanh: Math.tanh,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** −110 … 110 evenly, and magnitudes from 10^−12 to 1, both signs. */
const wide = Float32Array.from({ length: 40_001 }, (_, i) => -110 + (220 * i) / 40_000);
const small = Float32Array.from(
  { length: 40_000 },
  (_, i) => (i % 2 ? -1 : 1) * 10 ** (-12 + (12 * i) / 40_000),
);

const run = (name: string, values: ArrayLike<number>) =>
  runKernel(name, { x: { values, shape: [values.length] } }).values;

describe.each(Object.entries(references))("%s", (name, reference) => {
  test("is within 2.5e-7 of the float64 value, relatively", () => {
    for (const values of [wide, small]) {
      const expected = Array.from(values, reference);
      expect(largestRelativeError(run(name, values), expected)).toBeLessThan(2.5e-7);
    }
  });

  test("hands NaN, infinities and zeros on", () => {
    const values = [Number.NaN, Infinity, -Infinity, 0, 1e30, -1e30];
    const expected = values.map(reference).map(Math.fround);
    expect([...run(name, values)].map((y) => y + 0)).toEqual(expected.map((y) => y + 0));
  });

  test("computes every length, the odd ends included", () => {
    for (let length = 0; length <= 9; length++) {
      const values = normal(length, length);
      const expected = Array.from(values, reference);
      const actual = run(name, values);
      expect(actual.length).toBe(length);
      expect(largestRelativeError(actual, expected)).toBeLessThan(2.5e-7);
    }
  });
});

test("exp reaches the denormal numbers and overflows where float32 does", () => {
  const [denormal, smallest, largest, beyond] = run("Exp", [-100, -103.9, 88.7, 88.8]);
  expect(denormal).toBe(Math.fround(Math.exp(-100)));
  expect(smallest).toBe(2 ** -149);
  expect(largest! / Math.exp(Math.fround(88.7))).toBeCloseTo(1, 6);
  expect(beyond).toBe(Infinity);
});

test("other types are left to tfjs", () => {
  tf.tidy(() => {
    expect(tf.exp(tf.tensor1d([0, 1], "int32")).dataSync()[1]).toBeCloseTo(Math.E, 5);
  });
});

test("ReluGrad lets dy through where y is above 0", () => {
  for (let length = 1; length <= 9; length++) {
    const [y, dy] = [normal(length, 1), normal(length, 2)];
    y[0] = 0;
    const dx = runKernel("ReluGrad", {
      y: { values: y, shape: [length] },
      dy: { values: dy, shape: [length] },
    });
    expect([...dx.values]).toEqual(Array.from(dy, (value, i) => (y[i]! > 0 ? value : 0)));
  }
});
