/**
 * TensorFlow.js backends for tests in Node. Importing this file registers `cpu` and `wasm`; nothing is current before `useBackend`. `native`, TensorFlow
 * itself, is one of them where it is set up and named (`PIXELCNN_TENSORFLOW`).
 */
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import "@tensorflow/tfjs"; // the cpu backend, and the gradients of all operations
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { getBackend, ready, setBackend } from "@tensorflow/tfjs-core";
import { sliceRowsOnCpu } from "./slice-rows.ts";

export type Backend = "cpu" | "wasm" | "native";

const isNativeSetUp = Boolean(process.env.PIXELCNN_TENSORFLOW);

export const backends: readonly Backend[] = ["cpu", "wasm", ...(isNativeSetUp ? (["native"] as const) : [])];

setWasmPaths(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + sep);
sliceRowsOnCpu();

/** Makes a backend the current one. */
export async function useBackend(name: Backend): Promise<void> {
  // To set it again would set up all its kernels again.
  if (getBackend() === (name === "native" ? "tensorflow" : name)) return;
  if (name === "native") await useNative();
  else if (!(await setBackend(name))) throw new Error(`expected the ${name} backend to start, it did not`);
  await ready();
}

/** Of the package of engines, which depends on this one: loaded by its place, and unseen by this package's compiler. */
const startTensorflow = new URL("../../../backends/src/tensorflow/start-tensorflow.ts", import.meta.url).href;

async function useNative(): Promise<void> {
  const started = (await import(startTensorflow)) as { startTensorflow(backend: "native"): Promise<unknown> };
  await started.startTensorflow("native");
}
