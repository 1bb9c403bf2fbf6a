import { Worker } from "node:worker_threads";
import type { WorkerSetup } from "./gradient-messages.ts";

/** Sources are run as they are in development, and compiled in a package. */
const fromSource = import.meta.url.endsWith(".ts");

/** A thread that runs gradient-worker.ts. */
export function startGradientWorker(workerData: WorkerSetup): Worker {
  const entry = fromSource ? "./gradient-worker-from-source.mjs" : "./gradient-worker.js";
  return new Worker(new URL(entry, import.meta.url), { workerData });
}
