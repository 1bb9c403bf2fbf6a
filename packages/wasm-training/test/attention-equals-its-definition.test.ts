import { expect, test } from "vitest";
import { expectClose, normal, runKernel } from "./wasm-session.ts";

interface Sizes {
  readonly batch: number;
  readonly positions: number;
  readonly heads: number;
  readonly keyChannels: number;
  readonly valueChannels: number;
}

/** y and the three gradients in float64, weight for weight. */
function reference(
  { batch, positions, heads, keyChannels: D, valueChannels: E }: Sizes,
  queries: Float32Array,
  keys: Float32Array,
  values: Float32Array,
  dy: Float32Array,
) {
  const y = new Float64Array(values.length);
  const gradient = new Float64Array(batch * positions * heads * (2 * D + E));
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const key = (p: number) => ((b * positions + p) * heads + h) * D;
      const value = (p: number) => ((b * positions + p) * heads + h) * E;
      const row = (p: number) => (b * positions + p) * heads * (2 * D + E);
      for (let p = 1; p < positions; p++) {
        const scores = Array.from(
          { length: p },
          (_, q) => dot(queries, key(p), keys, key(q), D) / Math.sqrt(D),
        );
        const most = Math.max(...scores);
        const sum = scores.reduce((total, score) => total + Math.exp(score - most), 0);
        const weights = scores.map((score) => Math.exp(score - most) / sum);
        const slopes = weights.map((_, q) => dot(dy, value(p), values, value(q), E));
        const mean = weights.reduce((total, weight, q) => total + weight * slopes[q]!, 0);
        weights.forEach((weight, q) => {
          const slope = (weight * (slopes[q]! - mean)) / Math.sqrt(D);
          for (let c = 0; c < E; c++) {
            y[value(p) + c]! += weight * values[value(q) + c]!;
            gradient[row(q) + heads * 2 * D + h * E + c]! += weight * dy[value(p) + c]!;
          }
          for (let c = 0; c < D; c++) {
            gradient[row(p) + h * D + c]! += slope * keys[key(q) + c]!;
            gradient[row(q) + (heads + h) * D + c]! += slope * queries[key(p) + c]!;
          }
        });
      }
    }
  }
  return { y, gradient };
}

function dot(x: Float32Array, i: number, y: Float32Array, j: number, length: number): number {
  let sum = 0;
  for (let c = 0; c < length; c++) sum += x[i + c]! * y[j + c]!;
  return sum;
}

function check(sizes: Sizes, scale = 1): void {
  const { batch, positions, heads, keyChannels, valueChannels } = sizes;
  const array = (channels: number, seed: number, factor = 1) => ({
    values: normal(batch * positions * heads * channels, seed).map((value) => factor * value),
    shape: [batch, positions, heads * channels],
  });
  const [queries, keys] = [array(keyChannels, 1, scale), array(keyChannels, 2)];
  const [values, dy] = [array(valueChannels, 3), array(valueChannels, 4)];
  const expected = reference(sizes, queries.values, keys.values, values.values, dy.values);
  const y = runKernel("CausalAttention", { queries, keys, values }, { heads });
  expect(y.shape).toEqual(values.shape);
  expectClose(y.values, expected.y);
  const gradient = runKernel("CausalAttentionGrad", { queries, keys, values, dy }, { heads });
  expect(gradient.shape).toEqual([batch, positions, heads * (2 * keyChannels + valueChannels)]);
  expectClose(gradient.values, expected.gradient, 4e-6);
}

test("one head and several, of widths that fill no vector, over less than a block and several", () => {
  check({ batch: 2, positions: 5, heads: 1, keyChannels: 1, valueChannels: 1 });
  check({ batch: 1, positions: 33, heads: 2, keyChannels: 3, valueChannels: 5 });
  check({ batch: 2, positions: 34, heads: 3, keyChannels: 8, valueChannels: 4 });
  check({ batch: 1, positions: 131, heads: 1, keyChannels: 16, valueChannels: 33 });
});

test("scores of a hundred, of which few count", () => {
  check({ batch: 1, positions: 70, heads: 1, keyChannels: 4, valueChannels: 8 }, 60);
});

test("a first position that has nobody before it is 0, and so are its gradients", () => {
  check({ batch: 3, positions: 1, heads: 2, keyChannels: 2, valueChannels: 3 });
});
