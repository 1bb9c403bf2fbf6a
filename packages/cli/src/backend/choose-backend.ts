/**
 * The one place where this program chooses and registers a backend of TensorFlow.js; loaded only by commands that compute
 * with tensors.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { registerTrainingKernels, WasmTrainingError } from "@pixelcnn/wasm-training";
import { CliError } from "../cli-error.ts";
import type { BackendName } from "./backend-names.ts";

/** @returns the name of the backend that is now in use. */
export async function chooseBackend(wanted: BackendName): Promise<"wasm" | "cpu"> {
  switch (wanted) {
    case "cpu":
      await start("cpu");
      return "cpu";
    case "wasm":
      await startWasm();
      return "wasm";
    case "auto":
      try {
        await startWasm();
        return "wasm";
      } catch (error) {
        if (!(error instanceof WasmTrainingError || error instanceof CliError)) throw error;
        await start("cpu");
        return "cpu";
      }
    default:
      return wanted satisfies never;
  }
}

async function startWasm(): Promise<void> {
  // Node 20 knows relaxed SIMD, a fused multiply-add, but keeps it behind a flag; later releases have it on.
  if (Number(process.versions.node.split(".")[0]) < 22)
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(join(dirname(entry), "dist/"));
  await start("wasm");
  registerTrainingKernels();
}

async function start(backend: "wasm" | "cpu"): Promise<void> {
  // @tensorflow/tfjs, unlike tfjs-core alone, registers the gradients. Its advice to use tfjs-node, which the cpu backend
  // prints at first use, is not ours to give.
  const { warn } = console;
  console.warn = () => {};
  try {
    const tf = await import("@tensorflow/tfjs");
    if (!(await tf.setBackend(backend)))
      throw new CliError(`expected the ${backend} backend to start, but it does not`);
    await tf.ready();
    tf.scalar(0).dispose();
  } finally {
    console.warn = warn;
  }
}
