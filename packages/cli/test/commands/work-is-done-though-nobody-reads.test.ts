import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { expect, inject, it } from "vitest";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";
import { writeCheckpoint, writeRun } from "../support/written-run.ts";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
writeTinyModel(at("model.safetensors"));
const model = ["--model-file", "model.safetensors"];

/** Runs a command whose first word to standard output breaks the pipe, or goes to a full disk. */
async function unread(words: readonly string[], stdout: "pipe" | number = "pipe") {
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, [inject("app"), ...words], {
    cwd: folder,
    env: { ...env, NO_COLOR: "1", INIT_CWD: folder },
    stdio: ["ignore", stdout, "pipe"],
  });
  child.stdout?.destroy();
  let stderr = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, stderr };
}

const quietly = { code: 0, stderr: "" };

it("generate prints its pictures before it writes them", async () => {
  const words = ["generate", ...model, "--count", "3", "--ascii", "--show", "--out", "x.png"];
  expect(await unread([...words, "--animate", "x.gif"])).toEqual(quietly);
  expect(decode(readFileSync(at("x.png")))).toMatchObject({ channels: 1 });
  expect(existsSync(at("x.gif"))).toBe(true);
});

it("runs are exported, removed and restored to the last", async () => {
  const names = ["a", "b", "c", "d"];
  const runs = names.map((name) => writeRun(folder, name));
  expect(await unread(["runs", "export", ...runs, "--out", "exported/"])).toEqual(quietly);
  expect(readdirSync(at("exported"))).toEqual(names);
  expect(await unread(["runs", "remove", ...runs])).toEqual(quietly);
  expect(runs.filter(existsSync)).toEqual([]);
  expect(await unread(["runs", "restore", ...runs])).toEqual(quietly);
  expect(runs.filter(existsSync)).toEqual(runs);
});

it("disk clean cleans all that it was told", async () => {
  const [kept, removed] = ["first", "second"].map((name) => writeRun(at("cleaned"), name)) as [
    string,
    string,
  ];
  for (const step of [1, 2]) writeCheckpoint(kept, step);
  expect(await unread(["runs", "remove", removed])).toEqual(quietly);
  const words = ["disk", "clean", "checkpoints", "removed", "--folder", "cleaned", "--yes"];
  expect(await unread(words)).toEqual(quietly);
  expect(readdirSync(join(kept, "checkpoints"))).toHaveLength(1);
  expect(listing(at("cleaned")).filter((path) => path.includes("second"))).toEqual([]);
});

it.runIf(process.platform === "linux")(
  "on a full disk too, which is told once and is a failure",
  async () => {
    const full = openSync("/dev/full", "w");
    const words = ["generate", ...model, "--count", "3", "--ascii", "--out", "y.png", "--json"];
    const outcome = await unread(words, full);
    closeSync(full);
    expect(outcome).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^standard output: no space [^\n]+\n$/),
    });
    expect(existsSync(at("y.png"))).toBe(true);
  },
);
