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

/** Every complete example of a document: its blocks of TypeScript. Fragments, and what needs a browser, are JavaScript. */
async function examplesOf(document: string): Promise<string[]> {
  const text = await readFile(join(root, document), "utf8");
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, example]) => example!);
}

const examples = await Promise.all(
  documents.map(async (document) => [document, await examplesOf(document)] as const),
);

test("there are examples", () => {
  expect(examples.filter(([, found]) => found.length > 0).length).toBeGreaterThan(3);
});

describe.each(examples.filter(([, found]) => found.length > 0))("%s", (document, found) => {
  test.each(found.map((example, i) => [i + 1, example] as const))("example %i", async (i, example) => {
    const folder = join(inject("consumer"), "examples", document.replaceAll(/[/.]/g, "-"), `${i}`);
    await mkdir(folder, { recursive: true });
    await cp(join(root, "models/glyphs.safetensors"), join(folder, "glyphs.safetensors"));
    const { code } = await transform(example, { loader: "ts", format: "esm", target: "es2022" });
    await writeFile(join(folder, "example.mjs"), code);
    await run(process.execPath, ["example.mjs"], folder);
  });
});
