import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { appendFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { followRun, layout, parseRecords, type RunRecord, RunsError, RunWriter } from "@pixelcnn/runs";
import { expect, it, vi } from "vitest";
import { done, lines, resumed, started, step } from "./support/records.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

/** Writes what it is given to a file, piece by piece, with pauses. */
const SLOW_WRITER = `
  const { appendFileSync } = require("node:fs");
  const [path, pieces, pauseMs] = process.argv.slice(1);
  const rest = JSON.parse(pieces);
  setInterval(() => {
    if (rest.length === 0) process.exit();
    appendFileSync(path, Buffer.from(rest.shift(), "base64"));
  }, Number(pauseMs));
`;

/** Starts another process that appends these pieces to the metrics of a run. */
function writeSlowly(directory: string, pieces: readonly Uint8Array[], pauseMs: number) {
  const encoded = JSON.stringify(pieces.map((piece) => Buffer.from(piece).toString("base64")));
  return spawn(process.execPath, ["-e", SLOW_WRITER, layout.metrics(directory), encoded, String(pauseMs)], {
    stdio: "inherit",
  });
}

/** Cuts bytes into pieces of these lengths, over and over. */
function cut(bytes: Uint8Array, ...lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

async function newRun(text = ""): Promise<string> {
  const directory = temporaryFolder();
  await writeFile(layout.metrics(directory), text);
  return directory;
}

async function collect(directory: string, signal?: AbortSignal): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  for await (const record of followRun(directory, signal)) records.push(record);
  return records;
}

it("what another process writes comes as it is written, half lines and halves of characters included", async () => {
  const directory = await newRun(lines(started));
  const unicode = { ...started, backend: "größer 🙂" };
  const rest = [unicode, step(1), step(2), done(2)];
  const writer = writeSlowly(directory, cut(Buffer.from(lines(...rest)), 66, 1, 1, 1, 90), 20);
  const ended = once(writer, "exit");
  const arrivals: number[] = [];
  const records: RunRecord[] = [];
  for await (const record of followRun(directory)) {
    records.push(record);
    arrivals.push(performance.now());
  }
  expect(records).toEqual([started, ...rest]);
  expect(arrivals.at(-1)! - arrivals[0]!).toBeGreaterThan(60); // not all at once at the end
  await ended;
});

it("a run that is done already is read to its end and left", async () => {
  const directory = await newRun(lines(started, step(1), done(1)));
  expect(await collect(directory)).toEqual([started, step(1), done(1)]);
});

it("a `done` with something behind it is not the end", async () => {
  const directory = await newRun(lines(started, done(1), resumed(1), step(2)));
  const following = collect(directory);
  await appendFile(layout.metrics(directory), lines(done(2)));
  const records = await following;
  expect(records).toEqual([started, done(1), resumed(1), step(2), done(2)]);
  expect(parseRecords(lines(...records))).toEqual([started, done(1), resumed(1), step(2), done(2)]);
});

it("damaged lines are passed over, a line longer than any buffer is not", async () => {
  const long = { ...started, backend: "x".repeat(200_000) };
  const directory = await newRun(`{nonsense\n\n${lines(long)}${lines(done(1))}`);
  expect(await collect(directory)).toEqual([long, done(1)]);
});

it("a resumed run that cuts off a half line which the follower has seen loses no record", async () => {
  const directory = await newRun(lines(started, step(1)) + lines(step(2)).slice(0, 25));
  const following = followRun(directory);
  const first = [(await following.next()).value, (await following.next()).value];
  const third = following.next(); // has read the half line, and waits
  await new Promise((resolve) => setTimeout(resolve, 50));
  const writer = await RunWriter.open(directory);
  await writer.resume(1);
  await writer.append(done(1));
  await writer.close();
  const rest = [(await third).value];
  for await (const record of following) rest.push(record);
  expect([...first, ...rest]).toEqual([started, step(1), resumed(1), done(1)]);
});

it("half a line that is cut off while nobody looks does no harm either", async () => {
  const directory = await newRun(lines(started) + lines(step(1)).slice(0, 60));
  const following = followRun(directory);
  expect((await following.next()).value).toEqual(started);
  const whole = lines(started);
  await truncate(layout.metrics(directory), whole.length);
  await appendFile(layout.metrics(directory), lines(resumed(0), done(0)));
  const rest: RunRecord[] = [];
  for await (const record of following) rest.push(record);
  expect(rest).toEqual([resumed(0), done(0)]);
});

it("a signal ends it while it waits, at once and without leaving a watcher or a listener", async () => {
  const directory = await newRun(lines(started));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const begun = performance.now();
  expect(await collect(directory, controller.signal)).toEqual([started]);
  expect(performance.now() - begun).toBeLessThan(450); // before the next look at the file
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  await vi.waitFor(() => expect(watchers()).toBe(0), 10_000);
});

it("waiting again and again leaves no more behind than waiting once", async () => {
  const directory = await newRun(lines(started));
  const controller = new AbortController();
  const following = collect(directory, controller.signal);
  for (let i = 0; i < 12; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    await appendFile(layout.metrics(directory), lines(step(i)));
  }
  await vi.waitFor(() => expect(watchers()).toBe(1), 10_000);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  expect(await following).toHaveLength(13);
  await vi.waitFor(() => expect(watchers()).toBe(0), 10_000);
});

it("a signal that has come already ends it before anything is told", async () => {
  expect(await collect(await newRun(lines(started)), AbortSignal.abort())).toEqual([]);
});

it("what is no run is refused", async () => {
  const directory = join(temporaryFolder(), "missing");
  await expect(collect(directory)).rejects.toThrow(RunsError);
  await expect(collect(directory)).rejects.toThrow(`got ${directory}`);
});

/** How many files this process watches. */
function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "FSEventWrap").length;
}
