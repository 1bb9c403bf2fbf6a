import { Worker } from "node:worker_threads";

/** Sources are run as they are in development, and compiled in a package. */
const fromSource = import.meta.url.endsWith(".ts");

/** A thread that runs the worker of this folder with that name. */
export function startWorker(name: "gradient-worker" | "sampling-worker", workerData: unknown): Worker {
  const entry = fromSource ? "./from-source.mjs" : `./${name}.js`;
  return new Worker(new URL(entry, import.meta.url), { workerData, argv: [`./${name}.ts`] });
}
