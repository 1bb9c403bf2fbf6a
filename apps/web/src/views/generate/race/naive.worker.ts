/**
 * The naive sampler of core in TensorFlow.js, in a worker of its own: the only place where TensorFlow.js is loaded. It runs on
 * its WebGPU backend where there is a GPU, else on its plain JavaScript one.
 */
import { naiveReader } from "@pixelcnn/core/tensors";
import { env, ready, setBackend } from "@tensorflow/tfjs-core";
import { expose } from "comlink";
import type { ChosenReader } from "../../../drawing/choose-reader.ts";
import type { ReaderChoice } from "../../../drawing/device-status.ts";
import { DrawingEngine } from "../../../drawing/drawing-engine.ts";
import { hasGpu } from "./has-gpu.ts";

expose(new DrawingEngine(chooseNaive));

async function chooseNaive(choice: ReaderChoice): Promise<ChosenReader> {
  const gpu = choice !== "incremental" && (await hasGpu(choice === "shader"));
  if (gpu) await import("@tensorflow/tfjs-backend-webgpu");
  else await import("@tensorflow/tfjs-backend-cpu");
  // A lane of the race computes on one device: small tensors are not moved to the processor.
  if (gpu) env().set("WEBGPU_CPU_FORWARD", false);
  await setBackend(gpu ? "webgpu" : "cpu");
  await ready();
  const reason = gpu ? "on WebGPU" : "in plain JavaScript, on one core";
  return { reader: naiveReader, status: { reader: "naive", adapter: null, reason } };
}
