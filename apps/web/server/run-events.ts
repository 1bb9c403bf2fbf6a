/**
 * All that the runs tell, in one stream of server-sent events: HTTP/1.1 has six connections a browser, so trainings must not have
 * one each.
 *
 *     event: runs    the list of all runs, see RunList; at first, and whenever it changes
 *     event: run     a name; the records of that run follow from its first one
 *     (message)      { run, records }: a name, and its next records, see RunRecords
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunList, RunRecords } from "../src/state/runs/run-digest.ts";
import { listDigests } from "./run-digest.ts";
import { RunTail } from "./run-tail.ts";

/** A training writes a few records per second, and nobody sees a curve move more often. */
const LOOK_MS = 500;

/** Tells until the visitor goes. @param root holds the run directories. */
export async function sendRunEvents(root: string, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const tell = async (text: string) => {
    if (!response.write(text)) await once(response, "drain", { signal: gone.signal });
  };
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.flushHeaders();
  const tails = new Map<string, RunTail>();
  let told = "";
  while (!gone.signal.aborted) {
    const list: RunList = { isLive: true, runs: await listDigests(root) };
    const text = JSON.stringify(list);
    if (text !== told) await tell(`event: runs\ndata: ${text}\n\n`);
    told = text;
    const names = new Set(list.runs.map(({ name }) => name));
    for (const name of tails.keys()) if (!names.has(name)) tails.delete(name);
    for (const name of names) {
      const tail = tails.get(name) ?? new RunTail(join(root, name));
      tails.set(name, tail);
      await tellRun(name, tail, tell).catch((error: Error) => {
        if (error.name === "AbortError") throw error;
        tails.delete(name); // it went away between two looks
      });
    }
    await sleep(LOOK_MS, undefined, { signal: gone.signal });
  }
}

async function tellRun(name: string, tail: RunTail, tell: (text: string) => Promise<void>): Promise<void> {
  for (let piece = await tail.next(); piece !== null; piece = await tail.next()) {
    if (piece.isFirst) await tell(`event: run\ndata: ${JSON.stringify(name)}\n\n`);
    if (piece.records.length === 0) continue;
    const message: RunRecords = { run: name, records: piece.records };
    await tell(`data: ${JSON.stringify(message)}\n\n`);
  }
}
