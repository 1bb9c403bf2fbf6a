/** A registry for this machine alone: it has the packed packages, as npm would have them once they were published, and takes those that npm publishes to it. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { json } from "node:stream/consumers";
import { run } from "./pack.ts";

export interface Registry {
  /** Lines of an .npmrc that have npm ask it for the packages of this project, and for no others. */
  readonly lines: string;
  close(): Promise<void>;
}

/** What npm sends of a package that it publishes. */
interface Publication {
  readonly name: string;
  readonly versions: Readonly<Record<string, { readonly version: string }>>;
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
}

/** @param tarballs paths of packed packages. */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const packages = new Map<string, { manifest: { version: string }; bytes: Buffer; file: string }>();
  for (const path of tarballs) {
    const manifest = JSON.parse(await run("tar", ["xzOf", path, "package/package.json"], "."));
    packages.set(manifest.name, { manifest, bytes: await readFile(path), file: basename(path) });
  }
  const take = async (request: IncomingMessage): Promise<void> => {
    const { name, versions, _attachments } = (await json(request)) as Publication;
    const [manifest] = Object.values(versions);
    const [[file, { data }]] = Object.entries(_attachments) as [[string, { data: string }]];
    packages.set(name, { manifest: manifest!, bytes: Buffer.from(data, "base64"), file: basename(file) });
  };
  const server = createServer(async (request, response) => {
    if (request.method === "PUT") {
      await take(request);
      return response.setHeader("content-type", "application/json").end("{}");
    }
    const wanted = decodeURIComponent(request.url!.slice(1));
    const byFile = [...packages.values()].find(({ file }) => wanted === `tarballs/${file}`);
    if (byFile !== undefined) return response.end(byFile.bytes);
    const found = packages.get(wanted);
    if (found === undefined) return response.writeHead(404).end();
    const { manifest, bytes, file } = found;
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    const dist = { tarball: `${address}/tarballs/${file}`, integrity };
    const version = manifest.version;
    const answer = {
      name: wanted,
      "dist-tags": { latest: version },
      versions: { [version]: { ...manifest, dist } },
    };
    return response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = `http://${host}`;
  return {
    // It knows nobody: npm wants to be known where it publishes.
    lines: `@pixelcnn:registry=${address}/\n//${host}/:_authToken=anybody\n`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
