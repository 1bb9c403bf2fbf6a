/** TensorFlow.js backends for tests in Node. Importing this file registers `cpu` and `wasm`; nothing is current before `useBackend`. */
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import "@tensorflow/tfjs"; // the cpu backend, and the gradients of all operations
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { ready, setBackend } from "@tensorflow/tfjs-core";

export const backends = ["cpu", "wasm"] as const;
export type Backend = (typeof backends)[number];

setWasmPaths(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + sep);

/** Makes a backend the current one. */
export async function useBackend(name: Backend): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`expected the ${name} backend to start, it did not`);
  await ready();
}
