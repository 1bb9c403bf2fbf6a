import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { published, run } from "../src/pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** All that Git keeps, so that what lies about in folders is not asked. */
const markdown = (await run("git", ["ls-files", "*.md"], root)).trim().split("\n");

test("links of the documents, from file to file and heading to heading", async () => {
  const dead: string[] = [];
  for (const document of markdown) {
    const text = withoutCode(await readFile(join(root, document), "utf8"));
    for (const [, address] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(address!)) continue;
      const [path, heading] = address!.split("#") as [string, string?];
      const file = path === "" ? join(root, document) : resolve(root, dirname(document), path);
      const isThere = existsSync(file) && (heading === undefined || (await headingsOf(file)).has(heading));
      if (!isThere) dead.push(`${document}: ${address}`);
    }
  }
  expect(dead).toEqual([]);
  expect(markdown.length).toBeGreaterThan(20);
});

test("links of the site, to pages, to parts of them, and to what they show; every module has a page", async () => {
  const site = await mkdtemp(join(tmpdir(), "pixelcnn-site-"));
  try {
    await run(process.execPath, ["node_modules/typedoc/bin/typedoc", "--out", site], root);
    const names = await readdir(site, { recursive: true });
    const pages = new Map<string, { links: string[]; ids: Set<string> }>();
    for (const name of names.filter((one) => one.endsWith(".html"))) {
      const html = await readFile(join(site, name), "utf8");
      const links = Array.from(html.matchAll(/(?:href|src)="([^"]*)"/g), ([, link]) => link!);
      const ids = new Set(Array.from(html.matchAll(/\bid="([^"]+)"/g), ([, id]) => id!));
      pages.set(name, { links, ids });
    }
    const known = new Set(names);
    const dead = new Set<string>();
    for (const [name, { links }] of pages) {
      for (const link of links) {
        if (/^[a-z]+:/.test(link)) continue;
        const [path, id] = link.replaceAll("&amp;", "&").split("#") as [string, string?];
        const target = path === "" ? name : relative(site, resolve(site, dirname(name), decodeURI(path)));
        const isThere = target === "" || known.has(target);
        const hasPart = !id || (pages.get(target)?.ids.has(decodeURIComponent(id)) ?? true);
        if (!isThere || !hasPart) dead.add(`${name}: ${link}`);
      }
    }
    expect([...dead]).toEqual([]);
    expect(known).toContain("assets/search.js");
    const all = names.join("\n");
    for (const page of [/^documents\/.*model-format\.html$/m, /^documents\/.*glyphs\.html$/m])
      expect(all).toMatch(page);
    // Each under the name that it is imported by.
    const modules = (await doors()).map((door) => `modules/${door.replace(/[@/]/g, "_")}.html`);
    expect(names.filter((name) => name.startsWith("modules/")).sort()).toEqual(modules.sort());
  } finally {
    await rm(site, { recursive: true, force: true });
  }
});

/** Every module that can be imported from a published package. */
async function doors(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of published) {
    const text = await readFile(join(root, "packages", folder, "package.json"), "utf8");
    const { name, publishConfig } = JSON.parse(text) as { name: string; publishConfig: { exports: object } };
    const paths = Object.keys(publishConfig.exports).filter((path) => path !== "./package.json");
    found.push(...paths.map((path) => `${name}${path.slice(1)}`));
  }
  return found;
}

/** What a reader cannot click. */
function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "code");
}

/** Parts of a document as GitHub names them. */
async function headingsOf(file: string): Promise<Set<string>> {
  const text = (await readFile(file, "utf8")).replace(/^```.*?^```/gms, "");
  const headings = Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading]) =>
    heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
  return new Set(headings);
}
