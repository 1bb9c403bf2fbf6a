/** The service worker of a finished export: its script, with the list of the export's files and a version of what is in them. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import type { Manifest } from "../src/state/models/manifest.ts";

const source = fileURLToPath(new URL("../service-worker/service-worker.ts", import.meta.url));

/** @param folder the export, which nobody changes afterwards. */
export async function writeServiceWorker(folder: string): Promise<void> {
  const files = await offlineFiles(folder);
  const digest = createHash("sha256");
  for (const file of files) digest.update(`${file}\n`).update(await readFile(join(folder, file)));
  const built = { version: digest.digest("hex").slice(0, 16), files: files.map(addressOf) };
  const { code } = await transform(await readFile(source, "utf8"), { loader: "ts", target: "es2022" });
  await writeFile(join(folder, "service-worker.js"), `const BUILT = ${JSON.stringify(built)};\n${code}`);
}

/**
 * Chunks, pages and the texts of routes, and the model that pages begin with. Other models are many, and kept when they were asked
 * for; runs are never kept.
 */
async function offlineFiles(folder: string): Promise<string[]> {
  const { models } = JSON.parse(await readFile(join(folder, "models/manifest.json"), "utf8")) as Manifest;
  const [first] = models;
  const wanted = new Set(["manifest.json", first?.file, first?.pictures].map((name) => `models/${name}`));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
    );
  return paths.filter((path) => (path.startsWith("models/") ? wanted.has(path) : !isUnasked(path))).sort();
}

/** Whatever no page asks for. One of the pages that say that there is none is enough. */
function isUnasked(path: string): boolean {
  return /^(_headers|service-worker\.js|runs\/|404\/|_not-found\/)|\.map$/.test(path);
}

/** generate/index.html is asked for as generate/. */
function addressOf(path: string): string {
  return path.replace(/(^|\/)index\.html$/, "$1");
}
