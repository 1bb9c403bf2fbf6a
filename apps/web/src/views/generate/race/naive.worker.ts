/**
 * The naive sampler of core in TensorFlow.js, in a worker of its own: the only place where TensorFlow.js is loaded. Like races with
 * like: against the shader it runs on the same GPU, against WebAssembly in WebAssembly, and in plain JavaScript only where that has no
 * SIMD, so that neither lane has it.
 */
import { naiveSampler } from "@pixelcnn/core/tensors";
import { env, ready, setBackend } from "@tensorflow/tfjs-core";
import { expose } from "comlink";
import type { ChosenSampler } from "../../../workers/drawing/choose-sampler.ts";
import type { SamplerChoice } from "../../../workers/drawing/device-status.ts";
import { DrawingEngine } from "../../../workers/drawing/drawing-engine.ts";
import { hasGpu } from "./has-gpu.ts";

expose(new DrawingEngine(chooseNaive));

async function chooseNaive(choice: SamplerChoice): Promise<ChosenSampler> {
  const gpu = choice !== "incremental" && (await hasGpu(choice === "shader"));
  const reason = gpu ? await startWebGpu() : await startProcessor();
  await ready();
  return { sampler: naiveSampler, status: { sampler: "naive", adapter: null, reason } };
}

async function startWebGpu(): Promise<string> {
  await import("@tensorflow/tfjs-backend-webgpu");
  // A lane of the race computes on one device: small tensors are not moved to the processor.
  env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend("webgpu");
  return "TensorFlow.js on WebGPU";
}

async function startProcessor(): Promise<string> {
  const { setWasmPath } = await import("@tensorflow/tfjs-backend-wasm");
  if (!(await env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    await import("@tensorflow/tfjs-backend-cpu");
    await setBackend("cpu");
    return "TensorFlow.js in plain JavaScript, on one core";
  }
  // The other lane has one core as well.
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPath(wasmUrl);
  await setBackend("wasm");
  return "TensorFlow.js in WebAssembly, on one core";
}

const wasmUrl = new URL(
  "../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
  import.meta.url,
).href;
