import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeWhole } from "../src/wheels/whole-folder.ts";
import { runInProcess } from "./support/run-in-a-process.ts";

let cache: string;
let folder: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "pixelcnn-killed-"));
  folder = join(cache, "set up");
  mkdirSync(folder);
  writeFileSync(join(folder, "before"), "");
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

it("one that is asked to end takes away what it has begun, and what was there before stays", async () => {
  const ended = await runInProcess("make-whole-in-a-process.ts", [folder, "SIGTERM"]);
  expect(ended).toEqual({ code: null, stdout: "", stderr: "" });
  expect(readdirSync(cache)).toEqual(["set up"]);
  expect(readdirSync(folder)).toEqual(["before"]);
});

it("one that is killed changes nothing that is looked for, and the next one takes its rest away", async () => {
  const ended = await runInProcess("make-whole-in-a-process.ts", [folder, "SIGKILL"]);
  expect(ended).toEqual({ code: null, stdout: "", stderr: "" });
  expect(readdirSync(cache)).toEqual([expect.stringMatching(/^\.making-\d+-/), "set up"]);
  expect(readdirSync(folder)).toEqual(["before"]);
  await makeWhole(folder, 1, async (content) => writeFileSync(join(content, "anew"), ""));
  expect(readdirSync(cache)).toEqual(["set up"]);
  expect(readdirSync(folder)).toEqual(["anew"]);
});
