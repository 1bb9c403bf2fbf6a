import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { expect, test } from "vitest";
import { measureMatrixPeak, registerTrainingKernels, WasmTrainingError } from "../src/index.ts";
import { WebAssembly } from "../src/web-assembly.ts";

test("without an initialised wasm backend it says what to do, and starts none", async () => {
  await tf.setBackend("cpu");
  const advice =
    'The wasm backend is not initialised: first `await tf.setBackend("wasm")` and `await tf.ready()`.';
  expect(registerTrainingKernels).toThrow(new WasmTrainingError(advice));
  expect(measureMatrixPeak).toThrow(new WasmTrainingError(advice));
  expect(tf.getBackend()).toBe("cpu");
  expect(tf.getKernel("Conv2DBackpropFilter", "wasm")).toBeUndefined();
});

test("without WebAssembly SIMD it says so and registers nothing", async () => {
  await tf.setBackend("wasm");
  await tf.ready();
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    expect(registerTrainingKernels).toThrow("no WebAssembly SIMD");
  } finally {
    WebAssembly.validate = validate;
  }
  expect(tf.getKernel("Conv2DBackpropFilter", "wasm")).toBeUndefined();
});
