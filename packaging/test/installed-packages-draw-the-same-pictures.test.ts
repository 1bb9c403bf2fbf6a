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
