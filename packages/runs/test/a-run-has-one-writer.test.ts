import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { layout, listCheckpoints, RunsError, RunWriter, readRun } from "@pixelcnn/runs";
import { describe, expect, it } from "vitest";
import { checkpoint, evaluation, lines, resumed, started, step } from "./support/records.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

describe("a new run", () => {
  it("has its config and what was appended, in order", async () => {
    const directory = join(temporaryFolder(), "deep/run");
    const writer = await RunWriter.create(directory, { seed: 3, dataset: "glyphs" });
    expect(await readRun(directory)).toMatchObject({ config: { seed: 3, dataset: "glyphs" }, records: [] });
    for (const record of [started, step(1), evaluation(1)]) await writer.append(record);
    await writer.close();
    expect(await readFile(layout.metrics(directory), "utf8")).toBe(lines(started, step(1), evaluation(1)));
    expect((await readdir(directory)).sort()).toEqual(["config.json", "metrics.jsonl"]);
  });

  it("is refused where there is one, and the old one is untouched", async () => {
    const directory = temporaryFolder();
    const writer = await RunWriter.create(directory, { seed: 1 });
    await writer.append(started);
    await writer.close();
    await expect(RunWriter.create(directory, { seed: 2 })).rejects.toThrow(RunsError);
    await expect(RunWriter.create(directory, { seed: 2 })).rejects.toThrow(
      `expected a new run directory, but ${directory} holds a run; choose another --run`,
    );
    expect(await readRun(directory)).toMatchObject({ config: { seed: 1 }, records: [started] });
    expect((await readdir(directory)).sort()).toEqual(["config.json", "metrics.jsonl"]);
  });
});

describe("files of a run", () => {
  it("lie where the layout says, named by their path in the run", async () => {
    const directory = temporaryFolder();
    const writer = await RunWriter.create(directory, {});
    expect(await writer.saveCheckpoint(12, Uint8Array.of(1), Uint8Array.of(2))).toBe(
      join("checkpoints", "step-00000012.safetensors"),
    );
    expect(await writer.saveSamples(12, Uint8Array.of(3))).toBe(join("samples", "step-00000012.png"));
    await writer.saveBest(Uint8Array.of(4));
    await writer.close();
    const byte = async (path: string) => [...(await readFile(path))];
    expect(await byte(layout.model(directory))).toEqual([1]);
    expect(await byte(layout.checkpoint(directory, 12))).toEqual([2]);
    expect(await byte(layout.samples(directory, 12))).toEqual([3]);
    expect(await byte(layout.best(directory))).toEqual([4]);
    await writer.saveModel(Uint8Array.of(5));
    expect(await byte(layout.model(directory))).toEqual([5]);
  });

  it("checkpoints are listed oldest first, and only the newest are kept", async () => {
    const directory = temporaryFolder();
    const writer = await RunWriter.create(directory, {});
    for (const number of [9, 100, 20]) await writer.saveCheckpoint(number, Uint8Array.of(), Uint8Array.of());
    await writeFile(join(layout.checkpoints(directory), "notes.txt"), "");
    const paths = (...steps: number[]) => steps.map((number) => layout.checkpoint(directory, number));
    expect(await listCheckpoints(directory)).toEqual(paths(9, 20, 100));
    await writer.pruneCheckpoints(5);
    expect(await listCheckpoints(directory)).toEqual(paths(9, 20, 100));
    await writer.pruneCheckpoints(2);
    expect(await listCheckpoints(directory)).toEqual(paths(20, 100));
    await writer.close();
    expect(await listCheckpoints(temporaryFolder())).toEqual([]);
  });
});

describe("a run that goes on", () => {
  it("loses its unterminated last line, and says from where", async () => {
    const directory = temporaryFolder();
    const first = await RunWriter.create(directory, {});
    for (const record of [started, checkpoint(2), step(3)]) await first.append(record);
    await first.close();
    await appendFile(layout.metrics(directory), lines(step(4)).slice(0, 40));
    const second = await RunWriter.open(directory);
    await second.resume(2);
    await second.append(step(3));
    await second.close();
    expect(await readFile(layout.metrics(directory), "utf8")).toBe(
      lines(started, checkpoint(2), step(3), resumed(2), step(3)),
    );
    expect((await readRun(directory)).records).toEqual([started, checkpoint(2), resumed(2), step(3)]);
  });

  it("loses nothing when its last line is whole, and all when no line is", async () => {
    for (const [text, left] of [
      [lines(started), lines(started, resumed(0))],
      [lines(started).slice(0, 10), lines(resumed(0))],
      ["", lines(resumed(0))],
    ] as const) {
      const directory = temporaryFolder();
      await writeFile(layout.metrics(directory), text);
      const writer = await RunWriter.open(directory);
      await writer.resume(0);
      await writer.close();
      expect(await readFile(layout.metrics(directory), "utf8")).toBe(left);
    }
  });

  it("must be one", async () => {
    const directory = temporaryFolder();
    await expect(RunWriter.open(directory)).rejects.toThrow(
      `expected a run directory with metrics.jsonl, got ${directory}`,
    );
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("the lock", () => {
  it("keeps others out while a living process has the run", async () => {
    const directory = temporaryFolder();
    await (await RunWriter.create(directory, {})).close();
    const owner = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    try {
      await writeFile(join(directory, "lock"), `${owner.pid}\n`);
      await expect(RunWriter.open(directory)).rejects.toThrow(RunsError);
      await expect(RunWriter.open(directory)).rejects.toThrow(
        `expected to be the only trainer of ${directory}, but another one has it; stop that one first`,
      );
    } finally {
      owner.kill();
      await once(owner, "exit");
    }
    const writer = await RunWriter.open(directory);
    expect(await readFile(join(directory, "lock"), "utf8")).toBe(`${process.pid}\n`);
    await writer.close();
    await writer.close();
    expect(await readdir(directory)).not.toContain("lock");
  });

  it.each(["", "nonsense\n", "-1\n", "4194305\n"])("of nobody is no obstacle: %j", async (text) => {
    const directory = temporaryFolder();
    await (await RunWriter.create(directory, {})).close();
    await writeFile(join(directory, "lock"), text);
    const writer = await RunWriter.open(directory);
    await writer.close();
  });
});
