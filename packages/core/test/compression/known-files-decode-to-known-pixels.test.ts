/**
 * Files that were written once are read for ever, by the same arithmetic: here, by both versions of the cached pass, and in Chromium. A file
 * whose preset builds another network by now is deleted from known-files.json; those that are missing are added by
 *
 *     PIXELCNN_WRITE_KNOWN=1 pnpm --filter core exec vitest run test/compression/known-files-decode-to-known-pixels.test.ts
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@pixelcnn/software-gpu";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { decodeKnownFiles, type KnownFiles, writeKnownFiles } from "../support/known-files.ts";

const path = new URL("known-files.json", import.meta.url);
const kept = (existsSync(path) ? JSON.parse(await readFile(path, "utf8")) : {}) as KnownFiles;
const written = await writeKnownFiles();
const known = process.env.PIXELCNN_WRITE_KNOWN ? { ...written, ...kept } : kept;
if (process.env.PIXELCNN_WRITE_KNOWN) await writeFile(path, `${JSON.stringify(known, null, 2)}\n`);

const expected = Object.fromEntries(
  Object.entries(known).map(([name, { levels }]) => [name, { reader: levels, scalar: levels, simd: levels }]),
);

it("in this engine, and as they would be written today", async () => {
  expect(Object.keys(known).length).toBeGreaterThan(8);
  expect(await decodeKnownFiles(known)).toEqual(expected);
  expect(written).toEqual(known);
});

it("in Chromium", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'import { decodeKnownFiles } from "./known-files.ts"; Object.assign(globalThis, { decodeKnownFiles });',
      resolveDir: fileURLToPath(new URL("../support", import.meta.url)),
    },
    bundle: true,
    format: "iife",
    platform: "browser",
    write: false,
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<p></p>" }));
    await page.goto("http://localhost/");
    await page.addScriptTag({ content: outputFiles[0]!.text });
    const there = await page.evaluate(
      (files) =>
        (globalThis as unknown as { decodeKnownFiles: typeof decodeKnownFiles }).decodeKnownFiles(files),
      known,
    );
    expect(there).toEqual(expected);
  } finally {
    await browser.close();
  }
}, 60_000);
