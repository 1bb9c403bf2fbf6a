/** `report --minutes n`: what this machine computes with, whether it computes right, and how fast beside PyTorch and JAX; as JSON and as a page. */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { modelFile, partWords } from "./entries.ts";
import { describeMachine } from "./machine.ts";
import type { Settings } from "./part.ts";
import { isPartName, type PartName, partNames, parts } from "./parts.ts";
import { Report } from "./report.ts";
import { runPart } from "./run-part.ts";

/** A part that has less than this is left out. */
const LEAST_SECONDS = 5;

interface Options extends Omit<Settings, "python" | "model"> {
  readonly minutes: number;
  readonly python: string;
  readonly model: string;
  readonly parts: readonly PartName[];
}

export function command(): Command {
  return new Command("report")
    .description(
      "what this machine trains and draws with, whether it computes right, and how fast, beside PyTorch and JAX",
    )
    .requiredOption("--minutes <n>", "for all of it", above(0))
    .option("--out <folder>", "where report.json, report.md and runs/ are written", "report")
    .option("--parts <names>", `of ${partNames.join(", ")}`, partsOf, partNames)
    .option("--python <python>", "that may have PyTorch and JAX", process.env.PIXELCNN_PYTHON ?? "python3")
    .option("--batches <sizes>", "of training steps", numbersOf, [16, 128, 1024])
    .option("--precisions <names>", "of training steps", precisionsOf, ["float32", "tf32"])
    .option("--seconds <n>", "of one measurement", above(0), 2)
    .option("--steps <n>", "of the training that is compared with the processor's", above(0), 200)
    .option("--drawn <counts>", "pictures drawn together", numbersOf, [1, 16, 64, 256])
    .option("--model <name>", "that is drawn from", "mnist-binary")
    .option("--configs <names>", "trained for what is left of the time", namesOf, [
      "default",
      "mnist-binary-gated",
    ])
    .option("--rehearsal", "let PyTorch draw on the processor where it finds no GPU", false)
    .action(async (options: Options, command: Command) => {
      const model = modelFile(options.model);
      if (model === null)
        return command.error(`--model: expected a model that is here, got ${options.model}`);
      await run({ ...options, model });
    });
}

async function run(options: Options): Promise<void> {
  const { minutes, rehearsal } = options;
  const started = Date.now();
  const end = started + 60_000 * minutes;
  const out = resolve(process.env.INIT_CWD ?? ".", options.out);
  await mkdir(out, { recursive: true });
  const machine = await describeMachine(options.python);
  const python = machine.python === null ? null : options.python;
  const settings: Settings = { ...options, out, python };
  const state = { started: new Date(started).toISOString(), minutes, rehearsal, machine };
  const report = new Report(out, state, options.parts);
  const interruption = interrupted();
  say(`${report.page} and ${report.json} grow as parts end`);
  for (const name of options.parts) {
    const left = (end - Date.now()) / 1000;
    const limitSeconds = Math.min(left, parts[name].limitSeconds(60 * minutes));
    if (interruption.aborted || limitSeconds < LEAST_SECONDS) {
      const reason = interruption.aborted ? "the report was interrupted" : "no time was left";
      report.change(name, () => ({ outcome: "out of time", reason }));
      say(`${parts[name].title}: ${reason}`);
      continue;
    }
    await runOne(name, settings, limitSeconds, report, interruption);
  }
  await report.finish();
  say(report.page);
  process.exitCode = interruption.aborted ? 130 : 0;
}

/** A part is told to end a little before it is ended. */
const SPARE_SECONDS = 2;

async function runOne(
  name: PartName,
  settings: Settings,
  limitSeconds: number,
  report: Report,
  interruption: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  const elapsedSeconds = () => (performance.now() - begun) / 1000;
  report.change(name, () => ({ outcome: "running", limitSeconds }));
  say(`${parts[name].title}, at most ${Math.round(limitSeconds)} s`);
  const deadline = Math.floor(Date.now() + 1000 * (limitSeconds - SPARE_SECONDS));
  const words = [...partWords(), name, JSON.stringify(settings), `${deadline}`];
  const ending = await runPart(
    words,
    limitSeconds,
    (finding) =>
      report.change(name, ({ rows, notes }) => ({
        elapsedSeconds: elapsedSeconds(),
        ...(finding.type === "row" ? { rows: [...rows, finding.row] } : { notes: [...notes, finding.text] }),
      })),
    interruption,
  );
  report.change(name, () => ({ ...ending, elapsedSeconds: elapsedSeconds() }));
  say(`  ${ending.outcome}${ending.reason === null ? "" : `: ${ending.reason}`}`);
}

/** By Ctrl-C or a kind kill: the part under way is ended, and what is known is written. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function namesOf(text: string): string[] {
  return text.split(",").filter((name) => name !== "");
}

function partsOf(text: string): PartName[] {
  return namesOf(text).map((name) => {
    if (isPartName(name)) return name;
    throw new InvalidArgumentError(`expected parts of ${partNames.join(", ")}, got ${name}`);
  });
}

function precisionsOf(text: string): Settings["precisions"] {
  return namesOf(text).map((name) => {
    if (name === "float32" || name === "tf32") return name;
    throw new InvalidArgumentError(`expected float32 or tf32, got ${name}`);
  });
}

function numbersOf(text: string): number[] {
  return namesOf(text).map((part) => {
    if (/^[1-9]\d{0,3}$/.test(part)) return Number(part);
    throw new InvalidArgumentError(`expected whole numbers from 1 to 9999, got ${part}`);
  });
}

function above(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > least) return value;
    throw new InvalidArgumentError(`expected a number above ${least}, got ${text}`);
  };
}
