/**
 * Read-only answers under /runs/:
 *
 *     index.json            all runs, see RunList
 *     <run>/events          its records, from the first, as they are written (server-sent events; "end" after the last)
 *     <run>/<file>          a model or a sheet of samples, see run-file.ts
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { followRun, listRuns } from "@pixelcnn/runs";
import type { RunList } from "../src/runs/run-digest.ts";
import { digestOf } from "./run-digest.ts";
import { openRunFile, pathSegments, runDirectory } from "./run-file.ts";

export class RunsReader {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** @param path raw, beginning with "/runs/". Always answers, never throws. */
  async answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("Cache-Control", "no-store");
    try {
      if (!(await this.#find(path, request, response))) refuse(response);
    } catch {
      // The run went away between two looks, or the visitor did.
      if (response.headersSent) response.destroy();
      else refuse(response);
    }
  }

  async #find(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const segments = pathSegments(path.slice("/runs/".length));
    if (segments === null) return false;
    const [name, ...rest] = segments;
    if (name === "index.json" && rest.length === 0) {
      await this.#list(response);
      return true;
    }
    const directory = await runDirectory(this.#root, name!);
    if (directory === null) return false;
    if (rest.join("/") === "events") {
      await sendEvents(directory, request, response);
      return true;
    }
    const opened = await openRunFile(directory, rest);
    if (opened === null) return false;
    const { size } = await opened.file.stat();
    response.writeHead(200, { "Content-Type": opened.type, "Content-Length": size });
    if (request.method === "HEAD") {
      await opened.file.close();
      response.end();
      return true;
    }
    await pipeline(opened.file.createReadStream({ end: Math.max(0, size - 1) }), response);
    return true;
  }

  async #list(response: ServerResponse): Promise<void> {
    const names = await listRuns(this.#root);
    const digests = await Promise.all(
      names.map((name) => digestOf(join(this.#root, name)).catch(() => null)),
    );
    const list: RunList = { runs: digests.filter((digest) => digest !== null) };
    const bytes = Buffer.from(JSON.stringify(list));
    const headers = { "Content-Type": "application/json", "Content-Length": bytes.length };
    response.writeHead(200, headers).end(bytes);
  }
}

async function sendEvents(
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  response.write(`event: run\ndata: ${JSON.stringify(basename(directory))}\n\n`);
  for await (const record of followRun(directory, gone.signal)) {
    response.write(`data: ${JSON.stringify(record)}\n\n`);
  }
  response.end("event: end\ndata: {}\n\n");
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("There is no such file.\n");
}
