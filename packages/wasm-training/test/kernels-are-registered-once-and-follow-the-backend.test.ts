import { expect, test } from "vitest";
import { measureMatrixPeak, registerTrainingKernels } from "../src/index.ts";
import { kernelModules } from "../src/kernels.generated.ts";
import { withSharedMemory } from "../src/shared-memory.ts";
import { WebAssembly } from "../src/web-assembly.ts";
import { normal, tf } from "./wasm-session.ts";

test("tells what it registered, and says the same again without registering twice", () => {
  const first = registerTrainingKernels();
  expect(first.relaxedSimd).toBe(process.env.EXPECT_RELAXED_SIMD === "yes");
  expect(first.added).toEqual(["Conv2DBackpropFilter", "UnsortedSegmentSum"]);
  expect(first.replaced).toEqual(
    "Conv2DBackpropInput BatchMatMul Exp Expm1 Tanh Softplus Slice Identity".split(" "),
  );
  const registered = [...first.added, ...first.replaced, ...first.fused];
  const functions = registered.map((name) => tf.getKernel(name, "wasm")?.kernelFunc);
  expect(functions.every((kernel) => kernel !== undefined)).toBe(true);
  expect(registerTrainingKernels()).toEqual(first);
  expect(registered.map((name) => tf.getKernel(name, "wasm")?.kernelFunc)).toEqual(functions);
});

test("the kernels follow a backend that was removed and made anew", async () => {
  const exp = () => tf.tidy(() => tf.exp(tf.tensor1d([1, 2, 3, 4, 5])).dataSync());
  const before = exp();
  const factory = tf.findBackendFactory("wasm");
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", factory);
  await tf.setBackend("wasm");
  expect(exp()).toEqual(before);
});

test("for tfjs's threaded build the module works on a shared heap", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const isRelaxed = process.env.EXPECT_RELAXED_SIMD === "yes";
  const module = Buffer.from(isRelaxed ? kernelModules.relaxedSimd : kernelModules.simd, "base64");
  const instance = new WebAssembly.Instance(new WebAssembly.Module(withSharedMemory(module)), {
    env: { memory },
  });
  const values = normal(9, 1);
  new Float32Array(memory.buffer, 1024, 9).set(values);
  (instance.exports.tanh as (x: number, y: number, count: number) => void)(1024, 2048, 9);
  const result = new Float32Array(memory.buffer, 2048, 9);
  result.forEach((y, i) => {
    expect(y).toBeCloseTo(Math.tanh(values[i]!), 6);
  });
});

test("the matrix peak is a speed: more than a scalar loop could reach", () => {
  expect(measureMatrixPeak()).toBeGreaterThan(1);
});
