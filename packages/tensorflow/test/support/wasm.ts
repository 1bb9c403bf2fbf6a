/** TensorFlow.js on WebAssembly, with this project's kernels: what the graphs are compared with. */
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import "@tensorflow/tfjs"; // the gradients of all operations
import { registerTrainingKernels } from "@pixelcnn/wasm-training";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { ready, setBackend } from "@tensorflow/tfjs-core";

let started: Promise<void> | undefined;

/** For every file of a process: TensorFlow.js takes the place of its backend only once. */
export function startWasm(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  setWasmPaths(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + sep);
  if (!(await setBackend("wasm"))) throw new Error("expected the wasm backend to start, it did not");
  await ready();
  registerTrainingKernels();
}
