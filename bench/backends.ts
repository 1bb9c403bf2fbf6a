/** The one place where the benches choose a backend. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { registerTrainingKernels } from "@pixelcnn/wasm-training";

export type BenchBackend = "wasm" | "cpu";

/** Makes a backend the current one. The training kernels are registered on wasm. */
export async function useBackend(backend: BenchBackend): Promise<void> {
  // Node 20 keeps relaxed SIMD behind a flag.
  if (Number(process.versions.node.split(".")[0]) < 22)
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  const { warn } = console;
  console.warn = () => {}; // advice to use another package
  const tf = await import("@tensorflow/tfjs");
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(join(dirname(entry), "dist/"));
  await tf.setBackend(backend);
  await tf.ready();
  tf.scalar(0).dispose();
  console.warn = warn;
  if (backend === "wasm") registerTrainingKernels();
}
