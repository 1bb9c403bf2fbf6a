/** `pnpm fuzz`: changed bytes into everything that reads bytes, until an error that nobody planned, or the time is up. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { randomOf } from "./random.ts";
import { inputFor, judge, type Target } from "./target.ts";
import { allTargets } from "./targets/index.ts";
import { HANG_MS, startWatchdog } from "./watchdog.ts";

/** Memory that no input may make the process take, in MiB. */
const MOST_MEMORY_MIB = 1024;

const options = new Command("fuzz")
  .description(
    "Feed changed bytes to every parser; ends with 1 at the first that is neither read nor refused.",
  )
  .option("--minutes <n>", "how long", Number, 1)
  .option("--inputs <n>", "how many at most", Number, Number.POSITIVE_INFINITY)
  .option("--seed <n>", "the same seed makes the same inputs", Number, 0)
  .option("--input <n>", "try one input alone, as a finding named it", Number)
  .parse()
  .opts<{ minutes: number; inputs: number; seed: number; input?: number }>();

// Whatever anything leaves behind shows up here.
const folder = mkdtempSync(join(tmpdir(), "pixelcnn-fuzz-"));
process.env.TMPDIR = folder;
const ownFiles = ["config.json", "run"];
try {
  process.exitCode = await fuzz(await allTargets(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function fuzz(targets: readonly Target[]): Promise<number> {
  const { seed, inputs, minutes } = options;
  const tickets = targets.flatMap((target) => Array<Target>(target.share / 1000).fill(target));
  const counts = new Map(targets.map(({ name }) => [name, { read: 0, refused: 0, slowestMs: 0 }]));
  const before = readdirSync(process.cwd());
  const { watch, stop } = startWatchdog();
  const started = Date.now();
  const first = options.input ?? 0;
  let input = first;
  for (; input - first < (options.input === undefined ? inputs : 1); input++) {
    if (input % 256 === 0 && Date.now() - started > minutes * 60_000) break;
    const random = randomOf(seed, input);
    const target = random.pick(tickets);
    const bytes = inputFor(target, random);
    watch[0] = input;
    watch[1] = Date.now();
    const began = performance.now();
    try {
      counts.get(target.name)![await judge(target, bytes)]++;
    } catch (error) {
      const file = join(tmpdir(), "..", `pixelcnn-fuzz-${seed}-${input}.bin`);
      writeFileSync(file, bytes);
      process.stderr.write(`input ${input} of seed ${seed}, ${target.name}, ${file}\n`);
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      return 1;
    } finally {
      watch[1] = 0;
    }
    const count = counts.get(target.name)!;
    count.slowestMs = Math.max(count.slowestMs, performance.now() - began);
  }
  await stop();
  return report(counts, { inputs: input - first, started, before });
}

interface Totals {
  readonly inputs: number;
  readonly started: number;
  /** Names in the working folder before the first input. */
  readonly before: readonly string[];
}

function report(
  counts: ReadonlyMap<string, { read: number; refused: number; slowestMs: number }>,
  { inputs, started, before }: Totals,
): number {
  const table = new Table({
    head: ["reads", "inputs", "read", "refused", "slowest, ms"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right", "right", "right"],
  });
  for (const [name, { read, refused, slowestMs }] of counts) {
    table.push([
      name,
      ...[read + refused, read, refused].map((n) => n.toLocaleString("en")),
      slowestMs.toFixed(1),
    ]);
  }
  const memoryMib = process.resourceUsage().maxRSS / 1024;
  const left = [
    ...readdirSync(folder).filter((name) => !ownFiles.includes(name)),
    ...readdirSync(process.cwd()).filter((name) => !before.includes(name)),
  ];
  const slowestMs = Math.max(...[...counts.values()].map((count) => count.slowestMs));
  const seconds = (Date.now() - started) / 1000;
  process.stdout.write(
    `${table.toString()}\n${inputs.toLocaleString("en")} inputs in ${seconds.toFixed(0)} s, seed ${options.seed}, ` +
      `at most ${memoryMib.toFixed(0)} MiB, slowest ${slowestMs.toFixed(0)} ms, files left behind: ${left.join(", ") || "none"}\n`,
  );
  return memoryMib < MOST_MEMORY_MIB && slowestMs < HANG_MS && left.length === 0 ? 0 : 1;
}
