import { join, normalize } from "node:path";
import { launchChromium } from "@pixelcnn/software-gpu";
import { expect, inject, test } from "vitest";
import { run } from "../src/pack.ts";
import { expectedPictures } from "./pictures-for-comparison.ts";

const consumer = inject("consumer");
const expected = await expectedPictures();

test("in this Node, as plain ECMAScript modules", async () => {
  expect(JSON.parse(await run(process.execPath, ["draw.mjs"], consumer))).toEqual(expected);
});

/** Newer than the oldest that is supported; all of them in the full product. */
const newerNodes = process.env.PIXELCNN_FULL ? ["22", "24", "26"] : ["24"];

test.each(newerNodes)("in Node %s", async (version) => {
  const printed = await run("npx", ["-y", "-p", `node@${version}`, "node", "draw.mjs"], consumer);
  expect(JSON.parse(printed)).toEqual(expected);
});

test("in a page and in a worker that Vite built, in a browser", async () => {
  await run(process.execPath, ["node_modules/vite/bin/vite.js", "build", "--logLevel", "error"], consumer);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.route("http://localhost/**", async (route) => {
      const path = normalize(new URL(route.request().url()).pathname);
      const file = join(consumer, "dist", path === "/" ? "index.html" : path);
      await route.fulfill({ path: file });
    });
    await page.goto("http://localhost/");
    await page.waitForFunction(() => "drawn" in globalThis);
    const drawn = await page.evaluate(() => (globalThis as unknown as { drawn: Promise<number[][]> }).drawn);
    expect(drawn).toEqual([expected, expected]);
  } finally {
    await browser.close();
  }
});
