import { once } from "node:events";
import { Worker } from "node:worker_threads";

const BEAT_MS = 500;

/**
 * Counts up in the second line of a lock. A step of a large network can take a quarter of a minute in which its thread does nothing
 * else, so the count has a thread of its own: it says that the process lives, not that it has time. The file stays open: a lock that
 * was moved away, and another made in its place, keeps the beats to itself. What cannot be written is tried again.
 */
const script = `
  const { openSync, writeSync, futimesSync } = require("node:fs");
  const { path, beatMs } = require("node:worker_threads").workerData;
  const file = openSync(path, "r+");
  let beats = 0;
  setInterval(() => {
    try {
      writeSync(file, String(++beats).padStart(12, "0"), 33);
      const now = new Date();
      futimesSync(file, now, now); // Windows keeps the time of a file that stays open
    } catch {}
  }, beatMs);
`;

/** Shows that this process lives, from {@link Heartbeat.start} to {@link Heartbeat.stop}; does not keep it alive. */
export class Heartbeat {
  private constructor(readonly thread: Worker) {}

  /** @param path of the lock. */
  static async start(path: string): Promise<Heartbeat> {
    // Nothing of this process's loaders: text, plain JavaScript, and a few milliseconds.
    const options = { eval: true, execArgv: [], env: {}, workerData: { path, beatMs: BEAT_MS } };
    const thread = new Worker(script, options);
    await once(thread, "online");
    thread.on("error", () => {}); // without beats the lock goes stale; its owner finds out before it writes
    thread.unref();
    return new Heartbeat(thread);
  }

  async stop(): Promise<void> {
    await this.thread.terminate();
  }
}
