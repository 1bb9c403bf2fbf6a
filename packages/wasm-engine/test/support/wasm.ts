/** TensorFlow.js on WebAssembly, with this project's kernels: what the steps are compared with. */
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import "@tensorflow/tfjs"; // the gradients of all operations
import { registerTrainingKernels } from "@pixelcnn/wasm-training";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { ready, setBackend } from "@tensorflow/tfjs-core";

export async function startWasm(): Promise<void> {
  setWasmPaths(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + sep);
  if (!(await setBackend("wasm"))) throw new Error("expected the wasm backend to start, it did not");
  await ready();
  registerTrainingKernels();
}
