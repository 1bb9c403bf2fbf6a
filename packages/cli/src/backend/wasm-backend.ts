/** WebAssembly with SIMD, and this project's training kernels in it. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { registerTrainingKernels } from "@pixelcnn/wasm-training";
import { activate } from "./activate.ts";
import type { Device } from "./choose-backend.ts";
import { processorName } from "./processor-name.ts";
import { enableRelaxedSimd } from "./relaxed-simd.ts";

/** @throws {WasmTrainingError} when this engine cannot run the kernels. */
export async function startWasm(): Promise<Device> {
  enableRelaxedSimd();
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(join(dirname(entry), "dist/"));
  await activate("wasm", "wasm", "use --backend cpu");
  registerTrainingKernels();
  return { name: `${processorName()}, one thread` };
}
