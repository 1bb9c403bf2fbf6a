/**
 * Read-only answers under /runs/:
 *
 *     index.json            all runs, see RunList
 *     events                the same and their records, as they are written, see run-events.ts
 *     <run>/<file>          a model or a sheet of samples, see run-file.ts
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { RunList } from "../src/state/runs/run-digest.ts";
import { listDigests } from "./run-digest.ts";
import { sendRunEvents } from "./run-events.ts";
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
    if (name === "events" && rest.length === 0) {
      if (request.method === "HEAD") response.writeHead(200, { "Content-Type": "text/event-stream" }).end();
      else await sendRunEvents(this.#root, response);
      return true;
    }
    const directory = await runDirectory(this.#root, name!);
    if (directory === null) return false;
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
    const list: RunList = { isLive: true, runs: await listDigests(this.#root) };
    const bytes = Buffer.from(JSON.stringify(list));
    const headers = { "Content-Type": "application/json", "Content-Length": bytes.length };
    response.writeHead(200, headers).end(bytes);
  }
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("There is no such file.\n");
}
