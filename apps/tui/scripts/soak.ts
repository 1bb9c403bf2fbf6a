/**
 * `pnpm soak tui`: the real app plays in a terminal at its usual pace, waits, and lists two hundred runs; what does it hold, and
 * what does it cost? Read from outside, in Linux's /proc, so that memory beyond the heap counts, and each thread by itself. Garbage is collected before
 * memory is read: what waits for a collection is not held, and a minute may pass without one. Processor time is compared with that of a fixed piece of
 * work beside it, since on a busy host everything takes several times as much: limits are for a core that is as fast as {@link STANDARD_MS} says.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { layout } from "@pixelcnn/runs";
import { Terminal } from "../test/support/terminal.ts";
import { Yardstick } from "./yardstick.ts";

const SIZE = { columns: 120, rows: 40 } as const;
/** Memory is compared with what it is by then; in a short soak a third of it. */
const SETTLED_SECONDS = 60;
/** From the request to collect garbage until its pages are given back. */
const COLLECTED_SECONDS = 2;
/** Runs that are listed, and how long until everything for that is loaded and compiled. */
const RUNS = 200;
const SETTLED_LIST_SECONDS = 8;
/** How long the paused app is watched. */
const PAUSED_SECONDS = 10;
/** And the list: longer, since it is collected once in that time, which in ten seconds would be a third of what it costs. */
const LISTED_SECONDS = 30;
const MOST = { growthMb: 20, playingShare: 0.15, pausedShare: 0.01 } as const;
/** The least that the yardstick's work was seen to take beside the playing app on the machine that the limits were set on, which is never alone. */
const STANDARD_MS = 2.4;
/** Processor time in /proc is told in hundredths of a second (proc(5), sysconf(_SC_CLK_TCK)). */
const TICK_SECONDS = 0.01;

interface Reading {
  readonly ms: number;
  readonly residentMb: number;
  /** Processor time since the start: of the thread that has the keys and the screen, and of all threads. */
  readonly screenSeconds: number;
  readonly allSeconds: number;
}

/** What was taken of a core, and of a standard one. */
interface Share {
  readonly ofThisCore: number;
  readonly ofStandardCore: number;
}

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "600" }, check: { type: "boolean", default: false } },
});
if (process.platform !== "linux") throw new Error("expected Linux: processor time is read from /proc");
const seconds = Number(values.seconds);
const settledSeconds = Math.round(Math.min(SETTLED_SECONDS, seconds / 3));

const { settled, end, playing, paused } = await play();
const listing = await listRuns();
const growthMb = end.residentMb - settled.residentMb;
const costs = [
  { name: "playing", ...playing, most: MOST.playingShare },
  { name: "paused", ...paused, most: MOST.pausedShare },
  { name: `${RUNS} runs listed`, ...listing, most: MOST.pausedShare },
];
const rows = [
  [`resident memory after ${settledSeconds} s`, `${settled.residentMb.toFixed(0)} MB`, "", ""],
  [`after ${seconds} s`, `${end.residentMb.toFixed(0)} MB (${signed(growthMb)})`, "", `+${MOST.growthMb} MB`],
  ...costs.flatMap(({ name, screen, all, most }) => [
    [`thread of the screen, ${name}`, ...percents(screen), percent(most)],
    [`all threads, ${name}`, ...percents(all), ""],
  ]),
];
const head = [`${SIZE.columns} × ${SIZE.rows}, ${seconds} s`, "measured", "of a standard core", "at most"];
process.stdout.write(`${table([head, ...rows])}\n`);
const slowness = costs.map(({ name, slowness }) => `${slowness.toFixed(1)} times (${name})`).join(", ");
process.stdout.write(`the same work took so many times the processor time of a standard core: ${slowness}\n`);
const isWithin =
  growthMb <= MOST.growthMb && costs.every(({ screen, most }) => screen.ofStandardCore <= most);
if (values.check && !isWithin) process.exitCode = 1;

async function play() {
  const collect = new URL("collect-on-signal.js", import.meta.url).href;
  Terminal.app = ["--expose-gc", "--import", "tsx", "--import", collect, "src/main.ts"];
  const terminal = new Terminal(SIZE);
  const { pid } = terminal.pty;
  try {
    await terminal.until(/▀/);
    await sleep(settledSeconds * 1000);
    const settled = await readHeld(pid);
    const playing = await costOf(pid, seconds - settledSeconds);
    const end = await readHeld(pid);
    terminal.press(" ");
    await terminal.until(/⏸/);
    return { settled, end, playing, paused: await costOf(pid, PAUSED_SECONDS) };
  } finally {
    terminal.close();
  }
}

/** What it costs to look at a folder of runs in which nothing happens. */
async function listRuns() {
  const root = mkdtempSync(join(tmpdir(), "pixelcnn-soak-"));
  const record = { type: "done", step: 1, epoch: 1, interrupted: false, elapsedMs: 1 };
  for (let i = 1; i <= RUNS; i++) {
    const directory = join(root, `run-${i}`);
    mkdirSync(directory);
    writeFileSync(layout.config(directory), "{}");
    writeFileSync(layout.metrics(directory), `${JSON.stringify(record)}\n`);
  }
  const terminal = new Terminal({ ...SIZE, words: ["--runs", "--runs-dir", root] });
  try {
    await terminal.until(/run-1 +finished/);
    await sleep(SETTLED_LIST_SECONDS * 1000);
    return await costOf(terminal.pty.pid, LISTED_SECONDS);
  } finally {
    terminal.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What a process takes of a core for so long, and how many times as slow the core is as a standard one meanwhile. */
async function costOf(
  pid: number,
  seconds: number,
): Promise<{ readonly screen: Share; readonly all: Share; readonly slowness: number }> {
  const yardstick = new Yardstick();
  const from = read(pid);
  await sleep(seconds * 1000);
  const to = read(pid);
  const slowness = yardstick.stop() / STANDARD_MS;
  const share = (processorSeconds: number): Share => {
    const ofThisCore = processorSeconds / ((to.ms - from.ms) / 1000);
    return { ofThisCore, ofStandardCore: ofThisCore / slowness };
  };
  const [screen, all] = [to.screenSeconds - from.screenSeconds, to.allSeconds - from.allSeconds];
  return { screen: share(screen), all: share(all), slowness };
}

/** After a collection. */
async function readHeld(pid: number): Promise<Reading> {
  process.kill(pid, "SIGUSR2");
  await sleep(COLLECTED_SECONDS * 1000);
  return read(pid);
}

function read(pid: number): Reading {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    ms: performance.now(),
    residentMb: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1000,
    // A process's first thread has its number.
    screenSeconds: processorSeconds(`/proc/${pid}/task/${pid}/stat`),
    allSeconds: processorSeconds(`/proc/${pid}/stat`),
  };
}

/** utime and stime, fields 14 and 15, counted from behind the name, in which there may be anything. */
function processorSeconds(file: string): number {
  const text = readFileSync(file, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
}

function percents({ ofThisCore, ofStandardCore }: Share): string[] {
  return [`${percent(ofThisCore)} of a core`, percent(ofStandardCore)];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function signed(megabytes: number): string {
  return `${megabytes < 0 ? "−" : "+"}${Math.abs(megabytes).toFixed(0)}`;
}

/** In Markdown. */
function table([head, ...body]: string[][]): string {
  const widths = head!.map((_, column) => Math.max(...[head!, ...body].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(head!), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
