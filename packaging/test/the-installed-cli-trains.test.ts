import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeModelFile } from "@pixelcnn/core";
import { expect, inject, test } from "vitest";
import { run } from "../src/pack.ts";

/** It trains and draws with nothing but what it depends on. */
const consumer = inject("alone");
const app = "node_modules/@pixelcnn/cli/dist/main.js";

test("npx pixelcnn trains on threads, draws from what it trained, and says how to go on", async () => {
  const flags =
    "--steps 3 --limit 64 --samples 2 --test-limit 8 --workers 2 --channels 8 --layers 1 --run ./first";
  await run("npx", ["pixelcnn", "train", ...flags.split(" ")], consumer);
  const file = join(consumer, "first/model.safetensors");
  const { provenance } = decodeModelFile(new Uint8Array(await readFile(file)));
  expect(provenance.steps).toBe(3);
  await run(
    "npx",
    [
      "pixelcnn",
      "generate",
      "--model-file",
      file,
      "--count",
      "3",
      "--class",
      "1",
      "--workers",
      "2",
      "--out",
      "sheet.png",
    ],
    consumer,
  );
  await access(join(consumer, "sheet.png"));
});

test("without a flag that names one, it draws from the model that it brings", async () => {
  const words = ["generate", "--ascii", "--count", "1", "--class", "3"];
  const printed = await run(process.execPath, [app, ...words], consumer);
  const lines = printed.split("\n");
  expect(lines).toHaveLength(16 + 2);
  expect(lines.every((line) => line.length <= 32)).toBe(true);
  expect(printed).toMatch(/[^\s]{4}/);
});

/** They need the network, a minute or more, or a run that an example before them has made. */
const notHere = /^(train|datasets fetch|evaluate --class-agreement)\b/;

test("the examples of every help run as they are written", async () => {
  const help = async (...words: string[]) => run(process.execPath, [app, ...words, "--help"], consumer);
  const pages = await Promise.all(
    ["generate", "evaluate", "describe", "datasets"].map((command) => help(command)),
  );
  const found = [await help(), ...pages].flatMap((page) =>
    Array.from(page.matchAll(/^ {2}npx @pixelcnn\/cli (.+)$/gm), ([, words]) => words!),
  );
  // The first page has some of the others.
  const examples = [...new Set(found)];
  expect(examples.length).toBeGreaterThan(8);
  for (const words of examples.filter((example) => !notHere.test(example)))
    await run(process.execPath, [app, ...words.split(" ")], consumer);
});

test("help needs no network code, and so starts at once", async () => {
  const loaded = await run(process.execPath, ["--import", "./loaded-modules.mjs", app, "--help"], consumer);
  const packages = new Set(
    Array.from(loaded.matchAll(/^loaded .*node_modules\/((?:@[^/]+\/)?[^/]+)/gm), ([, name]) => name),
  );
  expect([...packages].sort()).toEqual([
    "@pixelcnn/backends",
    "@pixelcnn/cli",
    "@pixelcnn/core",
    "@pixelcnn/datasets",
    "commander",
    "env-paths",
    "fastest-levenshtein",
    "is-safe-filename",
    "valibot",
  ]);
});
