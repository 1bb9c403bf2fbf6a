/** WebAssembly with SIMD, and this project's training kernels in it. */
import { createRequire } from "node:module";
import { totalmem } from "node:os";
import { dirname, join } from "node:path";
import { registerTrainingKernels, WasmTrainingError } from "@pixelcnn/wasm-training";
import { BackendError } from "../backend-error.ts";
import { processorName } from "../device-names.ts";
import type { Device } from "../engine.ts";
import { activate, tensorflowJs } from "../tensorflow-js/activate.ts";
import { enableRelaxedSimd } from "./relaxed-simd.ts";

/** @throws {BackendError} when this engine cannot run the kernels. */
export async function startWasm(): Promise<Device> {
  enableRelaxedSimd();
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(join(dirname(entry), "dist/"));
  await activate("wasm", "wasm", "use --backend cpu");
  try {
    registerTrainingKernels();
  } catch (error) {
    if (!(error instanceof WasmTrainingError)) throw error;
    throw new BackendError(error.message, { cause: error });
  }
  return { name: `${processorName()}, one thread`, version: tensorflowJs, memoryBytes: totalmem() };
}
