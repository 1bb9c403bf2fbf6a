import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Machine } from "../report/machine.ts";
import { pageOf } from "../report/page.ts";
import { Report, type ReportState } from "../report/report.ts";

const machine: Machine = {
  processor: "AMD EPYC",
  processors: 16,
  memoryGigabytes: 128,
  system: "Linux 6.18",
  node: "24.21.0",
  cards: [{ name: "NVIDIA H100 80GB HBM3", driver: "580.159.04", memory: "81559 MiB" }],
  plugin: "/opt/xla_cuda_plugin.so",
  python: "3.12.3",
  pytorch: "2.11.0",
  jax: null,
  packages: ["webgpu 0.6.2"],
};
const state = { started: "2026-01-02T03:04:05.678Z", minutes: 9, rehearsal: false, machine };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pixelcnn-report-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("whoever reads while a part runs finds its rows so far, in both files", async () => {
  const report = new Report(folder, state, ["training", "configs"]);
  const row = { batch: 16, precision: "float32", compileSeconds: null, reason: null };
  const rows = [
    { ...row, engine: "xla", library: "XLA", picturesPerSecond: 12345 },
    { ...row, engine: "jax", library: "JAX", picturesPerSecond: 10000 },
    { ...row, engine: "pytorch eager", library: null, picturesPerSecond: null, reason: "a | in\nit" },
    { ...row, engine: "jax", library: null, precision: "tf32", picturesPerSecond: null, reason: "no time" },
    { ...row, engine: "xla", library: null, precision: "tf32", picturesPerSecond: null, reason: "no time" },
    { ...row, engine: "xla", library: null, batch: 128, picturesPerSecond: null, reason: "no time" },
  ];
  for (const one of rows)
    report.change("training", (part) => ({ outcome: "running", rows: [...part.rows, one] }));
  await report.written();
  const read = JSON.parse(await readFile(report.json, "utf8")) as ReportState;
  expect(read.finished).toBeNull();
  expect(read.parts.map(({ outcome }) => outcome)).toEqual(["running", "waiting"]);
  expect(read.parts[0]!.rows).toEqual(rows);
  const page = await readFile(report.page, "utf8");
  expect(page).toContain("# PixelCNN on NVIDIA H100 80GB HBM3\n");
  expect(page).toContain("**under way**");
  expect(page).toContain("| 16 | float32 | 12,300 | 10,000 | – | **1.23×** |  |");
  expect(page).toContain("- pytorch eager at 16, float32: a | in it");
  expect(page).toContain("- jax, xla at 16, tf32; xla at 128, float32: no time\n");

  await report.finish();
  expect(JSON.parse(await readFile(report.json, "utf8")).finished).not.toBeNull();
  expect(await readFile(report.page, "utf8")).not.toContain("under way");
});

test("a part that was refused or had no time is one line of the page", () => {
  const nothing = { limitSeconds: 60, elapsedSeconds: 2.4, rows: [], notes: [] };
  const page = pageOf({
    ...state,
    finished: "2026-01-02T03:14:05.678Z",
    parts: [
      { ...nothing, name: "drawing", outcome: "refused", reason: "no GPU | no PyTorch" },
      { ...nothing, name: "configs", outcome: "done", reason: null },
    ],
  });
  expect(page).toContain("| Drawing speed | refused: no GPU \\| no PyTorch | 2 s | 60 s |");
  expect(page).toContain("| Trainings | done | 2 s | 60 s |");
  expect(page.match(/^## /gm)).toHaveLength(1);
});
