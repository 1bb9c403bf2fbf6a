/** Follows a run that another process is writing. */
import { type FSWatcher, watch } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { layout } from "./layout.ts";
import { openRegular } from "./read-regular.ts";
import { parseRecord, type RunRecord } from "./records.ts";
import { RunsError } from "./runs-error.ts";

/** How long to sleep when the file system tells nothing (network file systems never do). */
const POLL_MS = 500;

/**
 * Every record of a run from its beginning, and then each new one as it is written, until the run is done (its `done`
 * record is the last one yielded) or the caller breaks or aborts. A `resumed` record means that everything beyond its step
 * is to be forgotten.
 *
 * @throws {RunsError} when there is no run.
 */
export async function* followRun(
  directory: string,
  signal?: AbortSignal,
): AsyncGenerator<RunRecord, void, undefined> {
  const path = layout.metrics(directory);
  const file = await openRegular(path).catch((cause) => {
    throw new RunsError(`expected a run directory with metrics.jsonl, got ${directory}`, { cause });
  });
  try {
    let start = 0; // of the first line that was not read whole; a resumed run may cut it off and write another there
    let done = false; // a run that was done can be resumed: only a `done` with nothing behind it ends the stream
    while (!signal?.aborted) {
      const bytes = await readFrom(file, start);
      const end = bytes.lastIndexOf(LINE_BREAK) + 1;
      if (end === 0) {
        if (done) return;
        await changed(path, signal);
        continue;
      }
      start += end;
      for (const line of new TextDecoder().decode(bytes.subarray(0, end)).split("\n")) {
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

const LINE_BREAK = 0x0a;

/** All that the file has from `start` on. */
async function readFrom(file: FileHandle, start: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  const buffer = new Uint8Array(Math.max(0, size - start));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}

/** Resolves when the file changes, after a moment at the latest. */
function changed(path: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watcherOf(path);
    const finish = () => {
      clearTimeout(timer);
      watcher?.close();
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, POLL_MS);
    watcher?.once("change", finish);
    watcher?.once("error", finish);
    signal?.addEventListener("abort", finish, { once: true });
  });
}

/** Null where the system has no watcher left to give (Linux limits them for a user): then the timer has to do. */
function watcherOf(path: string): FSWatcher | null {
  try {
    return watch(path);
  } catch {
    return null;
  }
}
