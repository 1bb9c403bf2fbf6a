import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { expectClose, normal, runKernel, tf } from "./wasm-session.ts";

// Files share a process: the next one computes on wasm.
afterAll(() => tf.setBackend("wasm"));

test("ChannelSum adds all axes but the last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 1, max: 21 }), (rows, channels) => {
      const x = normal(rows * channels, 1);
      const expected = new Float64Array(channels);
      const scale = new Float64Array(channels);
      x.forEach((value, i) => {
        expected[i % channels]! += value;
        scale[i % channels]! += Math.abs(value);
      });
      const sum = runKernel("ChannelSum", { x: { values: x, shape: [rows, channels] } });
      expect(sum.shape).toEqual([channels]);
      expectClose(sum.values, expected, 2e-7, scale);
    }),
  );
});

test("ChannelSum keeps leading axes", () => {
  const shape = [3, 2, 5, 7, 6];
  const x = normal(3 * 2 * 5 * 7 * 6, 4);
  for (const kept of [0, 1, 2, 3, 4]) {
    const rows = shape.slice(kept, -1).reduce((product, length) => product * length, 1);
    const parts = shape.slice(0, kept).reduce((product, length) => product * length, 1);
    const expected = new Float64Array(parts * 6);
    x.forEach((value, i) => {
      expected[Math.floor(i / (rows * 6)) * 6 + (i % 6)]! += value;
    });
    const sum = runKernel("ChannelSum", { x: { values: x, shape } }, { kept });
    expect(sum.shape).toEqual([...shape.slice(0, kept), 6]);
    expectClose(sum.values, expected, 2e-7, new Float64Array(expected.length).fill(rows));
  }
});

test("ChannelSum of a million equal numbers is exact to float32", () => {
  const sum = tf.tidy(() =>
    (tf.engine().runKernel("ChannelSum", { x: tf.fill([250_000, 2, 2], 0.1) }) as tf.Tensor).dataSync(),
  );
  expect(sum[0]! / (500_000 * Math.fround(0.1))).toBeCloseTo(1, 6);
});

test("UnsortedSegmentSum adds rows by id and drops ids outside", () => {
  const segmentIds = { values: [1, 0, 1, 7, -1], shape: [5], dtype: "int32" as const };
  const x = { values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], shape: [5, 2] };
  const sum = runKernel("UnsortedSegmentSum", { x, segmentIds }, { numSegments: 3 });
  expect(sum.shape).toEqual([3, 2]);
  expect([...sum.values]).toEqual([3, 4, 6, 8, 0, 0]);
  const whole = runKernel(
    "UnsortedSegmentSum",
    { x: { ...x, dtype: "int32" }, segmentIds },
    { numSegments: 3 },
  );
  expect([...whole.values]).toEqual([3, 4, 6, 8, 0, 0]);
});

test("the gradient of tf.gather equals the cpu backend's", async () => {
  const gradient = async (backend: string, axis: number) => {
    await tf.setBackend(backend);
    return tf.tidy(() => {
      const loss = (x: tf.Tensor) => {
        const picked = tf.gather(x, tf.tensor1d([2, 0, 2, 1], "int32"), axis);
        return tf.sum(tf.mul(picked, tf.tensor(normal(picked.size, 2), picked.shape)));
      };
      return tf
        .grad(loss)(tf.tensor(normal(3 * 4 * 5, 1), [3, 4, 5]))
        .dataSync();
    });
  };
  for (const axis of [0, 1, 2]) {
    expectClose(await gradient("wasm", axis), await gradient("cpu", axis));
  }
});
