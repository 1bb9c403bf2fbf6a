/** A file server that knows nothing of this site: folders have an index.html, what is missing is 404.html. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join, normalize } from "node:path";

export interface Served {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Files that were asked for and found, with their bytes. */
  readonly sent: ReadonlyMap<string, Uint8Array>;
  close(): void;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  // What a page asks for when a link is followed without loading anew: by another type Next loads anew.
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** What was read, for all servers of a process: the site does not change while it is tested, and opening files takes longer than sending them. */
const read = new Map<string, Promise<Uint8Array | null>>();

function bytesOf(file: string): Promise<Uint8Array | null> {
  const known = read.get(file);
  if (known !== undefined) return known;
  const bytes = readFile(file).catch(() => null);
  read.set(file, bytes);
  return bytes;
}

/**
 * @param prefix path at which the folder lies, "" for the root.
 * @param instead other bytes for files of these paths.
 * @param headersOf headers that a path is sent with as well.
 */
export async function serveFiles(
  folder: string,
  prefix = "",
  instead: ReadonlyMap<string, Uint8Array> = new Map(),
  headersOf: (path: string) => ReadonlyMap<string, string[]> = () => new Map(),
): Promise<Served> {
  const sent = new Map<string, Uint8Array>();
  const server = createServer(async ({ url = "/" }, response) => {
    const path = normalize(decodeURIComponent(url.split("?")[0]!));
    for (const [name, values] of headersOf(path)) response.setHeader(name, values);
    const inside = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null;
    const file = inside === null ? null : join(folder, inside.endsWith("/") ? `${inside}index.html` : inside);
    const other = inside === null ? undefined : instead.get(inside);
    const bytes = other ?? (file === null ? null : await bytesOf(file));
    if (bytes !== null) {
      sent.set(inside!, bytes);
      response
        .writeHead(200, {
          "Content-Type": types[extname(file!)] ?? "application/octet-stream",
          // The name has a digest of what is in it, and every host says so.
          ...(inside!.startsWith("/_next/static/") && {
            "Cache-Control": "public, max-age=31536000, immutable",
          }),
        })
        .end(bytes);
      return;
    }
    response.writeHead(404, { "Content-Type": types[".html"] }).end(await bytesOf(join(folder, "404.html")));
  });
  return { ...(await listening(server)), sent };
}

/** The server, on a free port of this machine. */
export async function listening(server: Server): Promise<Omit<Served, "sent">> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
