/** An HTTP server on this machine that serves one file, well or badly, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { content } from "./set-from.ts";

export type Behaviour = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export interface FileServer {
  /** Base address, with a slash at its end. */
  readonly base: string;
  /** The Range header of every request, "" without one. */
  readonly ranges: string[];
}

export async function serve(behaviour: Behaviour): Promise<FileServer> {
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? "");
    behaviour(request, response, ranges.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ranges };
}

/** As a server should: ranges, lengths. */
export const good: Behaviour = (request, response) => send(request, response, content);

/** The bytes from where the request wants them; `until` breaks the connection there. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  until = bytes.length,
): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start >= bytes.length) {
    response.writeHead(416).end();
    return;
  }
  const headers = { "content-length": bytes.length - start };
  if (start === 0) response.writeHead(200, headers);
  else
    response.writeHead(206, {
      ...headers,
      "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
    });
  if (until === bytes.length) response.end(bytes.subarray(start));
  else response.write(bytes.subarray(start, until), () => setTimeout(() => response.destroy(), 20));
}
