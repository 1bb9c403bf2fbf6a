import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose, normal, runKernel } from "./wasm-session.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** y and dx in float64; channel for channel, as the attribute's documentation says it. */
function reference(x: Float32Array, dy: Float32Array, channels: number, groups: readonly number[]) {
  const y = new Float64Array(x.length / 2);
  const dx = new Float64Array(x.length);
  for (let row = 0; row < x.length / channels; row++) {
    let out = (row * channels) / 2;
    for (let g = 0; g < groups.length; g += 2) {
      const half = (groups[g + 1]! - groups[g]!) / 2;
      for (let k = 0; k < half; k++, out++) {
        const at = row * channels + groups[g]! + k;
        const [t, s] = [Math.tanh(x[at]!), sigmoid(x[at + half]!)];
        y[out] = t * s;
        dx[at] = dy[out]! * s * (1 - t * t);
        dx[at + half] = dy[out]! * t * s * (1 - s);
      }
    }
  }
  return { y, dx };
}

function check(leading: number[], halves: readonly number[]): void {
  const groups = halves.flatMap((half, i) => {
    const start = 2 * halves.slice(0, i).reduce((sum, other) => sum + other, 0);
    return [start, start + 2 * half];
  });
  const channels = groups.at(-1)!;
  const rows = leading.reduce((product, length) => product * length, 1);
  const x = normal(rows * channels, 1).map((value) => 3 * value);
  const dy = normal((rows * channels) / 2, 2);
  const expected = reference(x, dy, channels, groups);
  const xInput = { values: x, shape: [...leading, channels] };
  const dyInput = { values: dy, shape: [...leading, channels / 2] };

  const y = runKernel("GatedActivation", { x: xInput }, { groups });
  expect(y.shape).toEqual(dyInput.shape);
  expectClose(y.values, expected.y);

  const dx = runKernel("GatedActivationGrad", { x: xInput, dy: dyInput }, { groups });
  expect(dx.shape).toEqual(xInput.shape);
  expectClose(dx.values, expected.dx);

  const yInput = { values: y.values, shape: dyInput.shape };
  const ofOutput = runKernel("GatedActivationGrad", { x: xInput, dy: dyInput, y: yInput }, { groups });
  expect(ofOutput.shape).toEqual(xInput.shape);
  expectClose(ofOutput.values, expected.dx);
}

test("one group, and three that do not fill vectors", () => {
  check([2, 3, 3], [32]);
  check([2, 3, 3], [11, 11, 10]);
  check([], [4]);
});

test("any groups", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 1, maxLength: 4 }),
      (rows, halves) => check([rows], halves),
    ),
  );
});

test("far out, the gate saturates and NaN stays NaN", () => {
  const x = [1e30, -1e30, 1e30, Number.NaN, 1e30, 1e30, -1e30, 0];
  const { values } = runKernel("GatedActivation", { x: { values: x, shape: [8] } }, { groups: [0, 8] });
  expect([...values].map((y) => y + 0)).toEqual([1, -1, 0, Number.NaN]);
});

test("far out, the gradient of a gate that is at hand is 0, and NaN stays NaN", () => {
  const x = [1e30, -1e30, 1e30, Number.NaN, 1e30, 1e30, -1e30, 0];
  const y = runKernel("GatedActivation", { x: { values: x, shape: [8] } }, { groups: [0, 8] });
  const dy = { values: [1, 1, 1, 1], shape: [4] };
  const { values } = runKernel(
    "GatedActivationGrad",
    { x: { values: x, shape: [8] }, dy, y },
    { groups: [0, 8] },
  );
  expect([...values].map((value) => (Math.abs(value) < 1e-30 ? 0 : value))).toEqual([
    0,
    0,
    0,
    Number.NaN,
    0,
    0,
    0,
    Number.NaN,
  ]);
});
