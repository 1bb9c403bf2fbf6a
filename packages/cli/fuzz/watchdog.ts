/**
 * A thread that watches the one that reads: an endless loop cannot be noticed from within. Shared memory holds the number of
 * the input under way and when it began.
 */
import { Worker } from "node:worker_threads";

/** An input may take so long. */
export const HANG_MS = 5000;

/** Input number and its start in milliseconds, or a start of 0 between inputs. */
export type Watch = Float64Array;

// JavaScript as text: a worker does not inherit the loader that reads TypeScript on every Node.
const script = `
  const { writeSync } = require("node:fs");
  const { watch, hangMs } = require("node:worker_threads").workerData;
  setInterval(() => {
    const [input, started] = watch;
    if (started > 0 && Date.now() - started > hangMs) {
      writeSync(2, "input " + input + ": no end after " + hangMs / 1000 + " s\\n");
      process.kill(process.pid, "SIGKILL");
    }
  }, 250);
`;

export function startWatchdog(): { watch: Watch; stop: () => Promise<unknown> } {
  const watch = new Float64Array(new SharedArrayBuffer(16));
  const worker = new Worker(script, { eval: true, workerData: { watch, hangMs: HANG_MS } });
  worker.unref();
  return { watch, stop: () => worker.terminate() };
}
