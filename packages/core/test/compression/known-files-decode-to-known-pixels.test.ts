/**
 * Files that were written once are read for ever, by the same arithmetic: here, by both versions of the cached pass, and in Chromium. A file
 * whose preset builds another network by now is deleted from known-files.json; those that are missing are added by
 *
 *     PIXELCNN_WRITE_KNOWN=1 pnpm --filter core exec vitest run test/compression/known-files-decode-to-known-pixels.test.ts
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { inChromium } from "../support/in-chromium.ts";
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
  const there = await inChromium(new URL("../support/known-files.ts", import.meta.url));
  expect(await there.call("decodeKnownFiles", known)).toEqual(expected);
  await there.close();
}, 60_000);
