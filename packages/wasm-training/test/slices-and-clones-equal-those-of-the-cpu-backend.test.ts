import fc from "fast-check";
import { expect, test } from "vitest";
import { tf } from "./wasm-session.ts";

test("Slice gives what the cpu backend gives, contiguous or not, of every type", async () => {
  const cases = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      dtype: fc.constantFrom("float32" as const, "int32" as const, "bool" as const),
      begin: fc.tuple(...shape.map((size) => fc.integer({ min: 0, max: size - 1 }))),
      lengths: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 4 }))),
    }),
  );
  const slices = fc.sample(cases, 200).map(({ shape, dtype, begin, lengths }) => {
    const size = lengths.map((length, axis) => Math.min(length, shape[axis]! - begin[axis]!));
    const count = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length: count }, (_, i) => (dtype === "bool" ? i % 2 : i));
    return () => tf.tidy(() => [...tf.slice(tf.tensor(values, shape, dtype), begin, size).dataSync()]);
  });
  const onWasm = slices.map((slice) => slice());
  await tf.setBackend("cpu");
  const onCpu = slices.map((slice) => slice());
  await tf.setBackend("wasm");
  expect(onWasm).toEqual(onCpu);
});

test("a clone outlives the tensor that it was cloned from, and nothing of either stays", () => {
  const before = tf.memory().numTensors;
  const first = tf.tensor1d([1, 2, 3]);
  const second = tf.tidy(() => first.clone());
  first.dispose();
  tf.tensor1d([9, 9, 9]).dispose(); // would take the freed place
  expect([...second.dataSync()]).toEqual([1, 2, 3]);
  second.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
