import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";
import { launchChromium } from "@pixelcnn/software-gpu";
import { expect, inject, test } from "vitest";
import { run } from "../src/pack.ts";
import { commandOf, type Runtime } from "../src/runtimes.ts";
import { expectedPictures } from "./pictures-for-comparison.ts";

const consumer = inject("consumer");
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
const script = "all-three.mjs";

interface Computed {
  /** Levels of two pictures. */
  readonly drawn: number[];
  /** Bytes of each compressed message of them. */
  readonly messages: number[][];
  readonly restored: number[];
  /** Loss of each step of a training. */
  readonly nats: number[];
}

const expected: Computed = JSON.parse(await run(process.execPath, [script], consumer));

test("in Node, what is compressed comes back, and a training learns", async () => {
  expect(expected.drawn).toEqual(await expectedPictures());
  expect(expected.restored).toEqual(expected.drawn);
  expect(expected.nats.at(-1)).toBeLessThan(expected.nats[0]!);
});

test.each<Runtime>(["deno", "bun"])("%s draws, compresses and trains as Node does", async (runtime) => {
  const [executable, ...words] = commandOf(runtime, consumer);
  expectSame(JSON.parse(await run(executable, [...words, script], consumer)));
});

test("a page and a worker that Vite built do so in a browser", async () => {
  await run(process.execPath, [vite, "build", "--logLevel", "error"], consumer);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.route("http://localhost/**", async (route) => {
      const path = normalize(new URL(route.request().url()).pathname);
      const file = join(consumer, "dist", path === "/" ? "index.html" : path);
      await route.fulfill({ path: file });
    });
    await page.goto("http://localhost/");
    await page.waitForFunction(() => "computed" in globalThis);
    const computed = await page.evaluate(
      () => (globalThis as unknown as { computed: Promise<Computed[]> }).computed,
    );
    expect(computed).toHaveLength(2);
    for (const one of computed) expectSame(one);
  } finally {
    await browser.close();
  }
});

function expectSame({ nats, ...exact }: Computed): void {
  expect(exact).toEqual({ drawn: expected.drawn, messages: expected.messages, restored: expected.drawn });
  // First weights come of the engine's own logarithm.
  for (const [step, value] of nats.entries()) expect(value).toBeCloseTo(expected.nats[step]!, 3);
  expect(nats).toHaveLength(expected.nats.length);
}
