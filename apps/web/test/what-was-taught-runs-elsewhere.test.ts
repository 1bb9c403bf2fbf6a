/** A model taught by the page's student, as a file: the command line and the dashboard's thread draw from it what core draws. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { decodeModelFile, type Model } from "@pixelcnn/core";
import { decode } from "fast-png";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { EXAMPLES } from "../src/state/teaching/examples.ts";
import { PICTURE } from "../src/workers/teaching/lesson.ts";
import { Student } from "../src/workers/teaching/student.ts";
import { drawnByCore } from "./support/core-pictures.ts";

const { height, width } = PICTURE;
const SEED = 5;
const CLASS = 1;

let path: string;
let model: Model;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "taught-"));
  path = join(folder, "taught.safetensors");
  const varied = { shift: true, turn: true, scale: true };
  const shown = EXAMPLES.slice(0, 2).map(({ drawing }, cell) => ({ cell, drawing }));
  const lesson = { shown, varied, slower: false };
  const student = await Student.begin({ ...lesson, seed: 1, start: "nothing", learned: null, memory: null });
  for (let step = 1; step <= 3; step++) await student.learn(lesson);
  const file = await student.file();
  ({ model } = decodeModelFile(file));
  await writeFile(path, file);
  return () => rm(folder, { recursive: true });
});

const drawn = () => drawnByCore(model, { count: 1, seed: SEED, classLabel: CLASS });

it("by the command line", async () => {
  const main = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));
  const flags = ["--model-file", path, "--count", "1", "--scale", "1", "--seed", SEED, "--class", CLASS];
  const words = ["--import", "tsx", main, "generate", ...flags, "--out", "-"];
  const child = spawn(process.execPath, words.map(String));
  child.stdin.end();
  const output: Buffer[] = [];
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code, Buffer.concat(said).toString()).toBe(0);
  const sheet = decode(Buffer.concat(output));
  // Inside its frame of one pixel.
  const rows = Array.from({ length: height }, (_, y) => {
    const start = ((y + 1) * sheet.width + 1) * sheet.channels;
    return Array.from({ length: width }, (_, x) => sheet.data[start + x * sheet.channels]!);
  });
  expect(rows.flat()).toEqual(await drawn());
});

it("by the dashboard", async () => {
  const thread = new Worker(new URL("../../tui/src/sampling/from-source.mjs", import.meta.url));
  onTestFinished(async () => void (await thread.terminate()));
  const reports: { type: string; info?: unknown; message?: string; frame?: Frame }[] = [];
  thread.on("message", (report) => {
    reports.push(report);
    if (report.type === "frame") thread.postMessage({ type: "shown", id: 1 });
  });
  thread.postMessage({ type: "load", path });
  const request = { path, count: 1, first: 0, seed: SEED, temperature: 1, classLabel: CLASS };
  thread.postMessage({
    type: "draw",
    id: 1,
    request: { ...request, sampler: "incremental", surprise: false, known: null },
    allowed: height * width,
  });
  const isLast = ({ frame }: (typeof reports)[number]) => frame?.position === height * width;
  await expect.poll(() => reports.some(isLast)).toBe(true);
  // What is asked at the same time is answered in any order.
  await expect
    .poll(() => reports.find(({ type }) => type === "loaded")?.info)
    .toMatchObject({ picture: PICTURE, classes: 10, dataset: "drawings" });
  const bytes = Array.from(
    reports.find(isLast)!.frame!.pixels,
    (level) => level * (255 / (PICTURE.levels - 1)),
  );
  expect(bytes).toEqual(await drawn());
});

interface Frame {
  readonly position: number;
  readonly pixels: Uint8Array;
}
