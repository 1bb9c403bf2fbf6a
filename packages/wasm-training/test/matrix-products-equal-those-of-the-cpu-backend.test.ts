import { afterAll, describe, expect, test } from "vitest";
import { expectClose, normal, tf } from "./wasm-session.ts";

// Files share a process: the next one computes on wasm.
afterAll(() => tf.setBackend("wasm"));

async function product(backend: string, a: number[], b: number[], transposeA: boolean, transposeB: boolean) {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const size = (shape: number[]) => shape.reduce((total, side) => total * side, 1);
    const left = tf.tensor(normal(size(a), 1), a);
    const right = tf.tensor(normal(size(b), 2), b);
    const result = tf.matMul(left, right, transposeA, transposeB);
    return { shape: result.shape, values: result.dataSync() };
  });
}

describe("matMul equals the cpu backend's", () => {
  const swap = (shape: number[]) => [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];
  for (const [transposeA, transposeB] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const) {
    test.each([
      [
        [5, 7],
        [7, 3],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [33, 17],
        [17, 40],
      ],
      [
        [3, 5, 7],
        [3, 7, 2],
      ],
      [
        [1, 5, 7],
        [4, 7, 2],
      ],
    ])(`transposeA ${transposeA}, transposeB ${transposeB}: %j · %j`, async (a, b) => {
      const left = transposeA ? swap(a) : a;
      const right = transposeB ? swap(b) : b;
      const expected = await product("cpu", left, right, transposeA, transposeB);
      const actual = await product("wasm", left, right, transposeA, transposeB);
      expect(actual.shape).toEqual(expected.shape);
      expectClose(actual.values, expected.values);
    });
  }
});
