/** Follows a run that another process is writing. */
import { watch } from "node:fs";
import { open } from "node:fs/promises";
import { layout } from "./layout.ts";
import { parseRecord, type RunRecord } from "./records.ts";

/** How long to sleep when the file system tells nothing (network file systems never do). */
const POLL_MS = 500;

/**
 * Every record of a run from its beginning, and then each new one as it is written, until the run is done (its `done`
 * record is the last one yielded) or the caller breaks or aborts. A `resumed` record means that everything beyond its step
 * is to be forgotten.
 */
export async function* followRun(
  directory: string,
  signal?: AbortSignal,
): AsyncGenerator<RunRecord, void, undefined> {
  const file = await open(layout.metrics(directory), "r");
  try {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(65_536);
    let rest = "";
    let done = false; // a run that was done can be resumed: only a `done` with nothing behind it ends the stream
    while (!signal?.aborted) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) {
        if (done) return;
        await changed(layout.metrics(directory), signal);
        continue;
      }
      const lines = (rest + decoder.decode(buffer.subarray(0, bytesRead), { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const record = parseRecord(line);
        if (record === null) continue;
        yield record;
        done = record.type === "done";
      }
    }
  } finally {
    await file.close();
  }
}

/** Resolves when the file changes, after a moment at the latest. */
function changed(path: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(path);
    const finish = () => {
      clearTimeout(timer);
      watcher.close();
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, POLL_MS);
    watcher.once("change", finish);
    watcher.once("error", finish);
    signal?.addEventListener("abort", finish, { once: true });
  });
}
