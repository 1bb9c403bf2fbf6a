import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  followRun,
  isTrained,
  layout,
  listRuns,
  parseRecords,
  RunsError,
  RunWriter,
  readRun,
} from "@pixelcnn/runs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkpoint, done, evaluation, lines, resumed, samples, started, step } from "./support/records.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const all = [started, step(1), checkpoint(1), evaluation(1), samples(1), resumed(1), done(1)];

describe("parseRecords", () => {
  it("gives every kind of record back", () => {
    expect(parseRecords(lines(...all))).toEqual(all);
    expect(parseRecords("")).toEqual([]);
  });

  it("an unterminated last line is not there yet, even when it is whole JSON", () => {
    const text = lines(started, step(1));
    const last = lines(step(2));
    for (let length = 0; length < last.length; length++) {
      expect(parseRecords(text + last.slice(0, length))).toEqual([started, step(1)]);
    }
    expect(parseRecords(text + last)).toEqual([started, step(1), step(2)]);
    expect(parseRecords(last.trimEnd())).toEqual([]);
  });

  it.each([
    ["not JSON", "{nonsense"],
    ["an empty line", ""],
    ["another value", "[1, 2]"],
    ["null", "null"],
    ["a kind that is not known", JSON.stringify({ type: "future", step: 1 })],
    ["a record that lacks something", JSON.stringify({ type: "resumed" })],
    ["a step that is no number of steps", JSON.stringify({ ...step(1), step: -1 })],
    ["two halves of records in a line", `${lines(step(1)).slice(0, 30)}${lines(step(1)).trimEnd()}`],
  ])("%s is passed over", (_, line) => {
    expect(parseRecords(`${lines(started)}${line}\n${lines(step(2))}`)).toEqual([started, step(2)]);
  });

  it("figures that are no numbers are null, and what a later release adds is left out", () => {
    const record = { ...step(1), nats: Number.NaN, gradientNorm: Number.POSITIVE_INFINITY, added: "later" };
    expect(parseRecords(`${JSON.stringify(record)}\n`)).toEqual([
      { ...step(1), nats: null, gradientNorm: null },
    ]);
  });

  it("`resumed` takes back what was told beyond its step, and stays itself", () => {
    const before = [started, step(1), checkpoint(2), step(2), step(3), evaluation(3), done(4)];
    const after = [resumed(2), step(3), done(3)];
    expect(parseRecords(lines(...before, ...after))).toEqual([
      ...[started, step(1), checkpoint(2), step(2)],
      ...after,
    ]);
  });

  it("of two `resumed` the second takes back the first when that lies beyond it", () => {
    expect(parseRecords(lines(step(1), resumed(5), step(6), resumed(3), step(4)))).toEqual([
      step(1),
      resumed(3),
      step(4),
    ]);
    expect(parseRecords(lines(step(1), resumed(2), step(3), resumed(3)))).toEqual([
      step(1),
      resumed(2),
      step(3),
      resumed(3),
    ]);
  });

  it("never throws, and whole lines before the damage survive it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (damage) => {
        const records = parseRecords(`${lines(started, step(1))}${damage}`);
        expect(records.slice(0, 2)).toEqual([started, step(1)]);
      }),
    );
  });
});

describe("readRun", () => {
  it("gives name, config and records", async () => {
    const directory = join(temporaryFolder(), "first");
    await mkdir(directory);
    await writeFile(layout.metrics(directory), lines(started));
    await writeFile(layout.config(directory), '{"seed": 3}');
    expect(await readRun(directory)).toEqual({
      name: "first",
      directory,
      config: { seed: 3 },
      records: [started],
    });
  });

  it.each([
    ["missing", null],
    ["damaged", '{"seed": '],
  ])("a %s config is null", async (_, text) => {
    const directory = temporaryFolder();
    await writeFile(layout.metrics(directory), "");
    if (text !== null) await writeFile(layout.config(directory), text);
    expect(await readRun(directory)).toMatchObject({ config: null, records: [] });
  });

  it("refuses a directory that is no run, in one line", async () => {
    const directory = temporaryFolder();
    await expect(readRun(directory)).rejects.toThrow(RunsError);
    await expect(readRun(directory)).rejects.toThrow(
      `expected a run directory with metrics.jsonl, got ${directory}`,
    );
  });
});

describe.runIf(process.platform !== "win32")("a pipe that nobody writes to", () => {
  it("makes no reader wait: it is no run, and no config", async () => {
    const root = temporaryFolder();
    for (const run of ["pipe", "good"]) await mkdir(join(root, run));
    execFileSync("mkfifo", [layout.metrics(join(root, "pipe")), layout.config(join(root, "good"))]);
    await writeFile(layout.metrics(join(root, "good")), lines(started));
    expect(await listRuns(root)).toEqual(["good"]);
    expect(await readRun(join(root, "good"))).toMatchObject({ config: null, records: [started] });
    await expect(readRun(join(root, "pipe"))).rejects.toThrow(RunsError);
    await expect(followRun(join(root, "pipe")).next()).rejects.toThrow(RunsError);
  });

  it("is no lock, and a trainer says so instead of waiting", async () => {
    const root = temporaryFolder();
    const [run, late] = [join(root, "run"), join(root, "late")];
    for (const directory of [run, late]) await (await RunWriter.create(directory, {})).close();
    execFileSync("mkfifo", [layout.lock(run)]);
    expect(await isTrained(run)).toBe(false);
    await expect(RunWriter.open(run)).rejects.toThrow("expected a file, got something else; remove it");
    const writer = await RunWriter.open(late);
    try {
      execFileSync("mkfifo", [layout.stop(late)]);
      await sleep(1000); // longer than it takes to look for the wish to stop
      expect(writer.stopping.aborted).toBe(false);
    } finally {
      await writer.close();
    }
  });
});

describe("listRuns", () => {
  it("names the folders that hold a run, sorted, and nothing else", async () => {
    const root = temporaryFolder();
    for (const name of ["zwei", "b10", "b9", "no-run"]) await mkdir(join(root, name));
    for (const name of ["zwei", "b10", "b9"]) await writeFile(layout.metrics(join(root, name)), "");
    await writeFile(join(root, "metrics.jsonl"), "");
    expect(await listRuns(root)).toEqual(["b10", "b9", "zwei"]);
  });

  it("is empty where there is no folder", async () => {
    expect(await listRuns(join(temporaryFolder(), "missing"))).toEqual([]);
  });
});
