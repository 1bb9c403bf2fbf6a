// One file although long: one writer, from the first line of a run to its last, with its lock.
import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  isTrained,
  layout,
  listCheckpoints,
  RunsError,
  RunWriter,
  readRun,
  requestStop,
} from "@pixelcnn/runs";
import { describe, expect, it, vi } from "vitest";
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

describe("a folder that is no run", () => {
  const own = ["config.json", "model.safetensors", "best.safetensors", "lock", "stop"];

  it.each([...own, "checkpoints", "samples"])("is none that a run is made in: its %s stays", async (name) => {
    const directory = temporaryFolder();
    if (own.includes(name)) await writeFile(join(directory, name), "mine");
    else await mkdir(join(directory, name));
    await expect(RunWriter.create(directory, {})).rejects.toThrow(
      new RunsError(
        `expected a new run directory, but ${directory} has a ${name} already; choose another --run`,
      ),
    );
    expect(await readdir(directory)).toEqual([name]);
    if (own.includes(name)) expect(await readFile(join(directory, name), "utf8")).toBe("mine");
  });

  it("does when it is empty, or has what a start that was killed left in it", async () => {
    const directory = temporaryFolder();
    await (await RunWriter.create(directory, {})).discard();
    expect(await readdir(directory)).toEqual([]);
    await writeFile(layout.config(directory), "{}");
    await writeFile(layout.stop(directory), `${lockText(0).slice(0, 32)}\n`);
    await leaveLock(directory, lockText(0), 60_000);
    await (await RunWriter.create(directory, { seed: 4 })).close();
    expect((await readdir(directory)).sort()).toEqual(["config.json", "metrics.jsonl"]);
    expect(await readRun(directory)).toMatchObject({ config: { seed: 4 } });
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
    const byte = async (path: string) => [...(await readFile(path))];
    expect(await byte(layout.model(directory))).toEqual([1]);
    expect(await byte(layout.checkpoint(directory, 12))).toEqual([2]);
    expect(await byte(layout.samples(directory, 12))).toEqual([3]);
    expect(await byte(layout.best(directory))).toEqual([4]);
    await writer.saveModel(Uint8Array.of(5));
    expect(await byte(layout.model(directory))).toEqual([5]);
    await writer.close();
  });

  it("checkpoints are listed oldest first, and only the newest are kept", async () => {
    const directory = temporaryFolder();
    const writer = await RunWriter.create(directory, {});
    for (const number of [100_000_000, 9, 99_999_999, 100, 20])
      await writer.saveCheckpoint(number, Uint8Array.of(), Uint8Array.of());
    await writeFile(join(layout.checkpoints(directory), "notes.txt"), "");
    const paths = (...steps: number[]) => steps.map((number) => layout.checkpoint(directory, number));
    expect(await listCheckpoints(directory)).toEqual(paths(9, 20, 100, 99_999_999, 100_000_000));
    await writer.pruneCheckpoints(5);
    expect(await listCheckpoints(directory)).toEqual(paths(9, 20, 100, 99_999_999, 100_000_000));
    await writer.pruneCheckpoints(2);
    expect(await listCheckpoints(directory)).toEqual(paths(99_999_999, 100_000_000));
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

/** The lock of an owner that is not this process, as the README describes it. */
function lockText(count: number, token = "0123456789abcdef".repeat(2)): string {
  return `${token}\n${String(count).padStart(12, "0")}\n`;
}

const tokenIn = async (directory: string) => (await readFile(layout.lock(directory), "utf8")).split("\n")[0]!;

async function newRun(): Promise<string> {
  const directory = temporaryFolder();
  await (await RunWriter.create(directory, {})).close();
  return directory;
}

/** Writes a lock that changed last so long ago. */
async function leaveLock(directory: string, text: string, agoMs: number): Promise<void> {
  await writeFile(layout.lock(directory), text);
  const then = new Date(Date.now() - agoMs);
  await utimes(layout.lock(directory), then, then);
}

describe("the lock", () => {
  it("keeps others out while its count goes up, however old the file looks", async () => {
    const directory = await newRun();
    let living = true;
    const owner = (async () => {
      for (let count = 0; living; count++) {
        await leaveLock(directory, lockText(count), 3_600_000);
        await sleep(200);
      }
    })();
    try {
      await vi.waitFor(() => expect(existsSync(layout.lock(directory))).toBe(true), 10_000);
      await expect(RunWriter.open(directory)).rejects.toThrow(RunsError);
      await expect(RunWriter.open(directory)).rejects.toThrow(
        `expected to be the only trainer of ${directory}, but another one has it; stop that one first`,
      );
    } finally {
      living = false;
      await owner;
    }
  });

  it("beats while its owner is too busy to do anything", async () => {
    const directory = await newRun();
    const writer = await RunWriter.open(directory);
    const count = async () => Number((await readFile(layout.lock(directory), "utf8")).split("\n")[1]);
    const before = await count();
    const until = performance.now() + 1600;
    while (performance.now() < until); // as a step of a large network does
    expect(await count()).toBeGreaterThanOrEqual(before + 2);
    await writer.close();
    await writer.close();
    expect(await readdir(directory)).not.toContain("lock");
  });

  it("of a dead owner is no obstacle", async () => {
    const cases: [what: string, text: string, agoMs: number][] = [
      ["nothing", "", 60_000],
      ["nonsense", "nonsense\n", 60_000],
      // A number that is used again is nobody's sign of life.
      ["the number of a living process", `${process.pid}\n`, 60_000],
      ["a count that stands still", lockText(42), 60_000],
      ["a count that stopped a moment ago", lockText(42), 3000],
      ["a count from a clock that is ahead", lockText(42), -60_000],
    ];
    const directories = await Promise.all(cases.map(newRun));
    const left = cases.map(async ([what, text, agoMs], i) => {
      const directory = directories[i]!;
      await leaveLock(directory, text, agoMs);
      const writer = await RunWriter.open(directory);
      expect(await tokenIn(directory), what).toMatch(/^[0-9a-f]{32}$/);
      expect(await tokenIn(directory), what).not.toBe(lockText(0).slice(0, 32));
      await writer.append(step(1));
      await writer.close();
      expect((await readdir(directory)).sort(), what).toEqual(["config.json", "metrics.jsonl"]);
    });
    await Promise.all(left);
  });

  it("of a dead owner is taken by one of those who want it", async () => {
    const directory = await newRun();
    await leaveLock(directory, lockText(42), 60_000);
    const all = await Promise.allSettled(Array.from({ length: 4 }, () => RunWriter.open(directory)));
    const taken = all.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(taken).toHaveLength(1);
    for (const outcome of all)
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(RunsError);
    await taken[0]!.append(step(1));
    await taken[0]!.close();
    expect((await readdir(directory)).sort()).toEqual(["config.json", "metrics.jsonl"]);
  });

  it("that another one took lets its first owner write nothing more, and stays", async () => {
    const directory = await newRun();
    const writer = await RunWriter.open(directory);
    await rename(layout.lock(directory), join(directory, "lock-of-the-first"));
    await writeFile(layout.lock(directory), lockText(7));
    await expect(writer.append(step(1))).rejects.toThrow("but another one took it; nothing more is written");
    await expect(writer.saveModel(Uint8Array.of(1))).rejects.toThrow(RunsError);
    await vi.waitFor(() => expect(writer.stopping.aborted).toBe(true), 5000);
    await writer.close();
    expect(await readFile(layout.lock(directory), "utf8")).toBe(lockText(7));
    expect(await readFile(layout.metrics(directory), "utf8")).toBe("");
    expect(existsSync(layout.model(directory))).toBe(false);
  });
});

describe("a request to stop", () => {
  it("reaches the owner of the lock, and is gone with it", async () => {
    const directory = await newRun();
    const writer = await RunWriter.open(directory);
    expect(await requestStop(directory)).toBe(true);
    expect(await readFile(layout.stop(directory), "utf8")).toBe(`${await tokenIn(directory)}\n`);
    await vi.waitFor(() => expect(writer.stopping.aborted).toBe(true), 5000);
    await writer.append(step(1)); // it still saves what it has
    await writer.close();
    expect((await readdir(directory)).sort()).toEqual(["config.json", "metrics.jsonl"]);
  });

  it("to somebody else does not reach it, nor one from before it began", async () => {
    const directory = await newRun();
    await writeFile(layout.stop(directory), `${lockText(0).slice(0, 32)}\n`);
    const writer = await RunWriter.open(directory);
    expect(existsSync(layout.stop(directory))).toBe(false);
    await writeFile(layout.stop(directory), `${lockText(0).slice(0, 32)}\n`);
    await sleep(1000); // it looks twice in that time
    expect(writer.stopping.aborted).toBe(false);
    await writer.close();
  });

  it("is not made where nobody trains", async () => {
    const directory = await newRun();
    expect(await requestStop(directory)).toBe(false);
    await leaveLock(directory, lockText(42), 60_000);
    expect(await requestStop(directory)).toBe(false);
    expect(await isTrained(directory)).toBe(false);
    expect(existsSync(layout.stop(directory))).toBe(false);
  });
});

describe("a run that ends before it has begun", () => {
  it("leaves nothing, and keeps what else lies in its folder", async () => {
    const parent = temporaryFolder();
    await (await RunWriter.create(join(parent, "run"), {})).discard();
    expect(await readdir(parent)).toEqual([]);
    await writeFile(join(parent, "notes.txt"), "");
    await (await RunWriter.create(parent, {})).discard();
    expect(await readdir(parent)).toEqual(["notes.txt"]);
  });

  it("whose files cannot be made leaves none either", async () => {
    const parent = temporaryFolder();
    await expect(RunWriter.create(join(parent, "run"), { size: 1n })).rejects.toThrow(TypeError);
    expect(await readdir(parent)).toEqual([]);
  });
});

it("a broken checkpoint is set aside: it is no longer listed, and does not count among those to keep", async () => {
  const directory = await newRun();
  const writer = await RunWriter.open(directory);
  for (const number of [1, 2, 3]) await writer.saveCheckpoint(number, Uint8Array.of(), Uint8Array.of(number));
  await writer.setAsideCheckpoint(layout.checkpoint(directory, 3));
  await writer.pruneCheckpoints(1);
  expect(await listCheckpoints(directory)).toEqual([layout.checkpoint(directory, 2)]);
  expect(existsSync(`${layout.checkpoint(directory, 3)}.broken`)).toBe(true);
  await writer.close();
});
