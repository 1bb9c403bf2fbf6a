/**
 * The site as files, and a small read-only window on the run directories. Loopback only: whoever calls this listens on
 * 127.0.0.1, and requests under another name are refused, so that no page elsewhere can read here by DNS rebinding. What a good
 * host sends with the files, this one sends as well: the headers of the build's own `_headers`.
 */
import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { headersFor, parseHeaders } from "./headers-file.ts";
import { isLoopbackName } from "./loopback-name.ts";
import { RunsReader } from "./runs-reader.ts";

export interface SiteFolders {
  /** The built site. */
  readonly out: string;
  /** Holds the run directories; need not exist. */
  readonly runs: string;
}

/** Not listening yet. */
export function createSite({ out, runs }: SiteFolders): Server {
  const reader = new RunsReader(runs);
  const files = sirv(out, { etag: true });
  const missing = readFileSync(join(out, "404.html"));
  const rules = parseHeaders(readFileSync(join(out, "_headers"), "utf8"));
  return createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0]!;
    secure(response, path);
    if (!isLoopbackName(request.headers.host)) return refuse(421, "This site answers on this machine only.");
    if (request.method !== "GET" && request.method !== "HEAD")
      return refuse(405, "There is nothing to change here.");
    if (path.startsWith("/runs/")) {
      void reader.answer(path, request, response);
      return;
    }
    files(request, response, () => {
      response.removeHeader("Cache-Control"); // what is not there may come
      secure(response, "/404.html");
      response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" }).end(missing);
    });

    function refuse(status: number, text: string): void {
      response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
    }
  });

  function secure(response: ServerResponse, path: string): void {
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    for (const [name, values] of headersFor(rules, path)) response.setHeader(name, values);
  }
}
