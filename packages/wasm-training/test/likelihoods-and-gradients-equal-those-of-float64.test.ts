import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, normal, runKernel } from "./wasm-session.ts";

function categorical(logits: Float32Array, labels: readonly number[], dy: Float32Array, levels: number) {
  const nll: number[] = [];
  const gradient: number[] = [];
  labels.forEach((label, n) => {
    const row = Array.from(logits.subarray(n * levels, (n + 1) * levels));
    const top = Math.max(...row);
    const total = row.reduce((sum, l) => sum + Math.exp(l - top), 0);
    nll.push(top + Math.log(total) - row[label]!);
    row.forEach((l, k) => {
      gradient.push((Math.exp(l - top) / total - Number(k === label)) * dy[n]!);
    });
  });
  return { nll, gradient };
}

function checkCategorical(count: number, levels: number, scale: number): void {
  const logits = normal(count * levels, 1).map((l) => l * scale);
  const labels = Array.from({ length: count }, (_, n) => (n * 7) % levels);
  const dy = normal(count, 2);
  const expected = categorical(logits, labels, dy, levels);
  const inputs = {
    logits: { values: logits, shape: [count, levels] },
    labels: { values: labels, shape: [count], dtype: "int32" as const },
  };
  const nll = runKernel("CategoricalNll", inputs);
  expect(nll.shape).toEqual([count]);
  expectClose(nll.values, expected.nll, 1e-6);
  const gradient = runKernel("CategoricalNllGrad", { ...inputs, dy: { values: dy, shape: [count] } });
  expect(gradient.shape).toEqual([count, levels]);
  expectClose(gradient.values, expected.gradient, 1e-6);
}

describe("categorical", () => {
  test.each([2, 3, 4, 5, 16, 255, 256])("%i levels", (levels) => checkCategorical(50, levels, 3));

  test("any number of levels, near and far logits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom(1e-3, 1, 30),
        checkCategorical,
      ),
    );
  });

  test("logits far beyond exp's range, and impossible levels", () => {
    const logits = [1e4, 0, -1e4, 0, -Infinity, 0, 5, 5, -Infinity];
    const inputs = {
      logits: { values: logits, shape: [3, 3] },
      labels: { values: [1, 0, 2], shape: [3], dtype: "int32" as const },
    };
    const { values } = runKernel("CategoricalNll", inputs);
    expect(values[0]).toBe(1e4);
    expect(values[1]).toBeCloseTo(Math.LN2, 6);
    expect(values[2]).toBe(Infinity);
    const dy = { values: [1, 1, 1], shape: [3] };
    expect([...runKernel("CategoricalNllGrad", { ...inputs, dy }).values]).toEqual([
      1, -1, 0, -0.5, 0, 0.5, 0.5, 0.5, -1,
    ]);
  });

  test("a label outside the levels makes its own row NaN and no other", () => {
    const inputs = {
      logits: { values: [0, 0, 0, 0, 0, 0], shape: [3, 2] },
      labels: { values: [2, 1, -1], shape: [3], dtype: "int32" as const },
    };
    expect([...runKernel("CategoricalNll", inputs).values].map(Number.isNaN)).toEqual([true, false, true]);
    const dy = { values: [1, 1, 1], shape: [3] };
    const gradient = runKernel("CategoricalNllGrad", { ...inputs, dy }).values;
    expect([...gradient]).toEqual([Number.NaN, Number.NaN, 0.5, -0.5, Number.NaN, Number.NaN]);
  });
});

describe("Bernoulli", () => {
  test.each([1, 3, 4, 7, 200])("%i logits", (count) => {
    const logits = normal(count, 1).map((l) => l * 20);
    const labels = Array.from({ length: count }, (_, n) => n % 2);
    const dy = normal(count, 2);
    const inputs = { logits: { values: logits, shape: [count] }, labels: { values: labels, shape: [count] } };
    // −log p(x) = log(1 + e^{(1 − 2x)·l})
    const nll = Array.from(logits, (l, n) => Math.log1p(Math.exp((1 - 2 * labels[n]!) * l)));
    expectClose(runKernel("BernoulliNll", inputs).values, nll, 1e-6);
    const gradient = Array.from(logits, (l, n) => (1 / (1 + Math.exp(-l)) - labels[n]!) * dy[n]!);
    expectClose(
      runKernel("BernoulliNllGrad", { ...inputs, dy: { values: dy, shape: [count] } }).values,
      gradient,
      1e-6,
    );
  });

  test("a sure and right prediction keeps its small loss", () => {
    const { values } = runKernel("BernoulliNll", {
      logits: { values: [30, -30, 1000, -1000], shape: [4] },
      labels: { values: [1, 0, 0, 1], shape: [4] },
    });
    expect(values[0]! / Math.exp(-30)).toBeCloseTo(1, 5);
    expect(values[1]! / Math.exp(-30)).toBeCloseTo(1, 5);
    expect([values[2], values[3]]).toEqual([1000, 1000]);
  });
});
