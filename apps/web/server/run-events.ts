/**
 * All that the runs tell, in one stream of server-sent events: HTTP/1.1 has six connections a browser, so trainings must not have
 * one each.
 *
 *     event: runs    the list of all runs, see RunList; at first, and whenever it changes
 *     event: run     a name; the records of that run follow from its first one
 *     (message)      { run, records }: a name, and what views show of its next records, see RunRecords
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunList, RunRecords } from "../src/state/runs/run-digest.ts";
import { listDigests } from "./run-digest.ts";
import { RunTail } from "./run-tail.ts";
import { ShownRecords } from "./shown-records.ts";

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
  const tails = new Map<string, Followed>();
  let told = "";
  while (!gone.signal.aborted) {
    const list: RunList = { isLive: true, runs: await listDigests(root) };
    const text = JSON.stringify(list);
    if (text !== told) await tell(`event: runs\ndata: ${text}\n\n`);
    told = text;
    const names = new Set(list.runs.map(({ name }) => name));
    for (const name of tails.keys()) if (!names.has(name)) tails.delete(name);
    for (const name of names) {
      const followed = tails.get(name) ?? { tail: new RunTail(join(root, name)), shown: new ShownRecords() };
      tails.set(name, followed);
      await tellRun(name, followed, tell).catch((error: Error) => {
        if (error.name === "AbortError") throw error;
        tails.delete(name); // it went away between two looks
      });
    }
    await sleep(LOOK_MS, undefined, { signal: gone.signal });
  }
}

interface Followed {
  readonly tail: RunTail;
  shown: ShownRecords;
}

async function tellRun(
  name: string,
  followed: Followed,
  tell: (text: string) => Promise<void>,
): Promise<void> {
  const { tail } = followed;
  for (let piece = await tail.next(); piece !== null; piece = await tail.next()) {
    if (piece.isFirst) {
      followed.shown = new ShownRecords();
      await tell(`event: run\ndata: ${JSON.stringify(name)}\n\n`);
    }
    const records = followed.shown.take(piece.records);
    if (records.length === 0) continue;
    const message: RunRecords = { run: name, records };
    await tell(`data: ${JSON.stringify(message)}\n\n`);
  }
}
