/** A registry for this machine alone: it has the packed packages, as npm would have them once they were published. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { run } from "./pack.ts";

export interface Registry {
  /** A line of an .npmrc that has npm ask it for the packages of this project, and for no others. */
  readonly line: string;
  close(): Promise<void>;
}

/** @param tarballs paths of packed packages. */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const packages = new Map<string, { manifest: { version: string }; bytes: Buffer; file: string }>();
  for (const path of tarballs) {
    const manifest = JSON.parse(await run("tar", ["xzOf", path, "package/package.json"], "."));
    packages.set(manifest.name, { manifest, bytes: await readFile(path), file: basename(path) });
  }
  const server = createServer(({ url = "" }, response) => {
    const wanted = decodeURIComponent(url.slice(1));
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
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    line: `@pixelcnn:registry=${address}/\n`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
