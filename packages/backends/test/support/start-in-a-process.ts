/**
 * Starts backends of TensorFlow from the stub, one after the other: start-in-a-process.ts <backend>,<backend>,… and prints what
 * became of them as a line of JSON. With `bare` for a backend, the stub is only loaded and used. REMOVE_FROM_NODE=1 takes away
 * what Node 23 has removed; STUB_PACKAGE names another package than the stub.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { matMul, ones, registerBackend, setBackend } from "@tensorflow/tfjs-core";
import { startTensorflow } from "../../src/tensorflow/start-tensorflow.ts";
import type { TensorflowBackend } from "../../src/tensorflow/tensorflow-build.ts";
import { quietly } from "../../src/tensorflow-js/activate.ts";

export type Outcome = { readonly device: string } | { readonly error: string };

const stub = fileURLToPath(new URL("stub-tensorflow", import.meta.url));
const binding = join(stub, "binding.cjs");
const require = createRequire(import.meta.url);
if (process.env.REMOVE_FROM_NODE === "1") {
  const util = require("node:util");
  delete util.isNullOrUndefined;
  delete util.isArray;
}

const outcomes: Outcome[] = [];
for (const backend of process.argv[2]!.split(",") as (TensorflowBackend | "bare")[]) {
  try {
    if (backend === "bare") await useBare();
    else
      outcomes.push({
        device: (await startTensorflow(backend, { binding, package: process.env.STUB_PACKAGE ?? stub })).name,
      });
  } catch (error) {
    outcomes.push({ error: (error as Error).message });
  }
}
const loaded = process.env.STUB_TENSORFLOW === "throws" ? {} : require(binding);
process.stdout.write(`${JSON.stringify({ outcomes, allowGrowth: loaded.allowGrowth ?? null })}\n`);

async function useBare(): Promise<void> {
  const { NodeJSKernelBackend } = require(stub);
  registerBackend("tensorflow", () => new NodeJSKernelBackend(require(binding)));
  await setBackend("tensorflow");
  await quietly(async () => matMul(ones([2, 2]), ones([2, 2])).dispose());
  outcomes.push({ device: "" });
}
