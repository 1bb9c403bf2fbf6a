import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRecords } from "@pixelcnn/runs";
import { emptyHistory, foldRecords } from "@pixelcnn/runs/history";
import { describe, expect, it } from "vitest";
import { runClean } from "../../src/commands/disk.ts";
import { runRemove, runRename, runRestore } from "../../src/commands/runs/change.ts";
import { runCompare } from "../../src/commands/runs/compare.ts";
import { runExport } from "../../src/commands/runs/export.ts";
import { runList } from "../../src/commands/runs/list.ts";
import { runShow } from "../../src/commands/runs/show.ts";
import { tensorboardEvents } from "../../src/runs/tensorboard-events.ts";
import { printed } from "../support/printed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeRun } from "../support/written-run.ts";

const folder = temporaryFolder();
const first = writeRun(folder, "first");
const second = writeRun(folder, "second", {
  settings: { layers: 8, dilations: [1, 2], minutes: 1 / 3 },
  nats: [90.5, 80.25, 70.125],
  done: false,
});

describe("runs", () => {
  it("list", async () => {
    expect(await printed(() => runList({ folder }))).toBe(
      [
        "run     state       epoch  step  validation",
        "first   finished    1      2     79.75 nats, 0.5300 bits/dim",
        "second  unfinished  1      3     69.63 nats, 0.5300 bits/dim",
        "",
      ].join("\n"),
    );
    const nowhere = join(folder, "nowhere");
    expect(await printed(() => runList({ folder: nowhere }))).toContain(`no runs in ${nowhere}; `);
  });

  it("show", async () => {
    const lines = (await printed(() => runShow(first, { full: true }))).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      `run      ${first}`,
      "state    finished, started 2024-01-01 00:00",
      "network  gated, 660 weights, on glyphs",
      "trained  2 steps in 2:10, 100.0 pictures/s, wasm",
    ]);
    expect(lines[4]).toMatch(/^on disk {2}\d+ B in 2 files$/);
    expect(lines.slice(6, 8)).toEqual([
      "epoch  train nats  validation nats  test nats  test bits/dim",
      "1      85.50       79.75            79.25      0.5000",
    ]);
    expect(lines).toContain("epochs             1");
    expect(lines.at(-2)).toMatch(new RegExp(` generate ${first}$`));
    await expect(runShow(join(folder, "third"), {})).rejects.toThrow("expected a run at");
    await expect(runShow(join(folder, "frist"), {})).rejects.toThrow(
      `found none (did you mean ${join(folder, "first")}?); runs list`,
    );
  });

  it("compare", async () => {
    expect(await printed(() => runCompare([first, second], {}))).toBe(
      [
        "a  first",
        "b  second",
        "",
        "                      a       b",
        "layers                –       8",
        "dilations             –       1,2",
        "minutes               –       0.333333",
        "weights               660     660",
        "steps done            2       3",
        "best validation nats  79.75   69.63",
        "test nats             79.25   69.13",
        "test bits/dim         0.5000  0.5000",
        "pictures/s            100.0   100.0",
        "time taken            2:10    –",
        "",
      ].join("\n"),
    );
    await expect(runCompare([first], {})).rejects.toThrow("expected two runs or more to compare, got 1");
  });

  it("export, into a table", async () => {
    const out = join(folder, "first.csv");
    await printed(() => runExport([first], { out }));
    expect(readFileSync(out, "utf8")).toBe(
      [
        "step,epoch,nats,learning_rate,gradient_norm,images_per_second,train_nats,validation_nats,validation_bits_per_dim,test_nats,test_bits_per_dim",
        "1,1,90.5,0.004,0.25,100,,,,,",
        "2,1,80.25,0.004,0.25,100,,,,,",
        "2,1,,,,,85.5,79.75,0.53,79.25,0.5",
        "",
      ].join("\n"),
    );
    await expect(runExport([first, second], { out })).rejects.toThrow(
      "--out: expected a folder for 2 runs, got a CSV file; name a folder",
    );
    await expect(runExport([first, second], {})).rejects.toThrow(
      "expected --out <folder> for 2 runs, got none; name a folder",
    );
    await expect(runExport([first], { out: "x.xlsx" })).rejects.toThrow("expected a .csv file, or a folder");
  });

  it("export, for TensorBoard: a folder a run", async () => {
    const out = join(folder, "logs");
    await printed(() => runExport([first, second], { out }));
    expect(readdirSync(out)).toEqual(["first", "second"]);
    expect(readdirSync(join(out, "first"))).toEqual(["events.out.tfevents.1704067200.pixelcnn"]);
  });

  it("rename, remove and restore", async () => {
    const run = writeRun(folder, "third");
    const fourth = join(folder, "fourth");
    await printed(() => runRename(run, "fourth", {}));
    expect([existsSync(run), existsSync(fourth)]).toEqual([false, true]);
    const told = await printed(() => runRemove([fourth], {}));
    expect(told).toContain(` runs restore ${fourth} brings it back`);
    expect(told).toContain(`: pnpm --filter cli disk clean removed --folder ${folder}\n`);
    expect(await printed(() => runClean(["removed"], { folder }))).toContain(
      "would clean removed: 2 files, ",
    );
    expect(existsSync(fourth)).toBe(false);
    await printed(() => runRestore([fourth], {}));
    expect(existsSync(fourth)).toBe(true);
    await expect(runRestore([join(folder, "fort")], {})).rejects.toThrow("expected a run that was removed");
  });
});

describe("a run that was stopped between two records of steps", () => {
  const stops = join(folder, "stops");
  const stopped = writeRun(stops, "stopped", { settings: { steps: 9000 }, stoppedAt: 4129 });
  const other = writeRun(stops, "other", { settings: { steps: 2 } });

  it("is listed and shown with the steps and the epoch that it was stopped at", async () => {
    expect(await printed(() => runList({ folder: stops }))).toMatch(/^stopped +stopped +2 +4,129 /m);
    expect(await printed(() => runShow(stopped, {}))).toContain("\ntrained  4,129 steps in 2:20, ");
  });

  it("is compared by them, in a row of another name than the setting", async () => {
    const lines = (await printed(() => runCompare([stopped, other], {}))).split("\n");
    expect(lines.filter((line) => /^steps/.test(line))).toEqual([
      "steps                 9000    2",
      "steps done            4,129   2",
    ]);
  });
});

describe("an event file of TensorBoard", () => {
  it("is what TensorBoard's own writer writes", () => {
    const text = readFileSync(join(first, "metrics.jsonl"), "utf8");
    const { evaluations, ...rest } = foldRecords(emptyHistory, parseRecords(text));
    const bytes = tensorboardEvents({ ...rest, evaluations: [], steps: rest.steps.slice(0, 1) }, 1000, 3000);
    expect(Buffer.from(bytes).toString("hex")).toBe(WRITTEN);
    expect(evaluations).toHaveLength(1);
  });
});

/** By tensorboard.summary.writer.event_file_writer: the version at 1 s; at 3 s and step 1, the four scalars of the step. */
const WRITTEN = [
  "1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a1f0000000000",
  "0000514b441809000000000000084010012a120a100a09737465702f6e617473150000b5423b197e222800000000",
  "000000ff70164a09000000000000084010012a1b0a190a12737465702f6c6561726e696e675f72617465156f1283",
  "3b696787d82800000000000000ff70164a09000000000000084010012a1b0a190a12737465702f6772616469656e",
  "745f6e6f726d150000803ede6b4bd72c00000000000000f4aecc4509000000000000084010012a1f0a1d0a167374",
  "65702f696d616765735f7065725f7365636f6e64150000c8427b6f5c7f",
].join("");
