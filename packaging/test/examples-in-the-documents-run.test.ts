import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { describe, expect, inject, test } from "vitest";
import { published, run } from "../src/pack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const documents = [
  "README.md",
  ...published.map((name) => `packages/${name}/README.md`),
  ...(await readdir(join(root, "docs"))).filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`),
];

/** Every complete program of a document: its blocks of TypeScript. Fragments, and what needs a browser, are JavaScript. */
async function programsOf(document: string): Promise<string[]> {
  const text = await readFile(join(root, document), "utf8");
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, program]) => program!);
}

const programs = await Promise.all(
  documents.map(async (document) => [document, await programsOf(document)] as const),
);

test("there are examples", () => {
  expect(programs.filter(([, found]) => found.length > 0).length).toBeGreaterThan(3);
});

describe.each(programs.filter(([, found]) => found.length > 0))("%s", (document, found) => {
  test.each(found.map((program, i) => [i + 1, program] as const))("example %i", async (i, program) => {
    const folder = join(inject("consumer"), "examples", document.replaceAll(/[/.]/g, "-"), `${i}`);
    await mkdir(folder, { recursive: true });
    await cp(join(root, "models/glyphs.safetensors"), join(folder, "glyphs.safetensors"));
    const { code } = await transform(program, { loader: "ts", format: "esm", target: "es2022" });
    await writeFile(join(folder, "example.mjs"), code);
    await run(process.execPath, ["example.mjs"], folder);
  });
});
