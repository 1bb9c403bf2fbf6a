/**
 * Speed of a training step: the reference network by every engine, in processes of their own on so many processors, in turn within one call. Machines are noisy:
 * read the ratios, which are of rounds that were run one after another, and their spread.
 */
import { type StartableBackend, startableBackends } from "@pixelcnn/backends";
import Table from "cli-table3";
import { Command, InvalidArgumentError } from "commander";
import { countsOf, someProcessors, wholeOf } from "../processors.ts";
import { compare, type Ratio, type Row } from "./compare.ts";
import { ContenderError } from "./contender.ts";
import { invocationsOf } from "./invocations.ts";
import { withTaskFiles } from "./task.ts";

interface Options {
  readonly json?: boolean;
  readonly backends: readonly StartableBackend[];
  readonly processors: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly hugePages: boolean;
  readonly pytorch?: true | string;
  readonly jax?: true | string;
}

export function command(): Command {
  return new Command("training")
    .description(
      "a training step by every engine, in turn: pictures/s, share of a matrix product, memory, ratios",
    )
    .option("--json", "print rows and ratios as JSON")
    .option("--backends <names>", "of this project; ratios are the first one's", backendsOf, ["xla", "wasm"])
    .option(
      "--no-huge-pages",
      "have the C library ask for none, for any contender; it does for all otherwise",
    )
    .option(
      "--processors <counts>",
      "to how many each is pinned, one after another",
      countsOf,
      someProcessors(),
    )
    .option("--rounds <n>", "of every contender", wholeOf, 7)
    .option("--seconds <n>", "of one contender in one round", secondsOf, 3)
    .option("--pytorch [python]", "with PyTorch's step, eager and compiled, by this Python")
    .option("--jax [python]", "with JAX's step, by this Python")
    .action(async (options: Options, command: Command) => {
      if (process.platform !== "linux")
        command.error("expected Linux, which can pin a process to processors");
      try {
        await run(options);
      } catch (error) {
        if (!(error instanceof ContenderError)) throw error;
        command.error(error.message);
      }
    });
}

async function run(options: Options): Promise<void> {
  const python = (given: true | string | undefined) => (given === true ? "python3" : given);
  const peers = { pytorch: python(options.pytorch), jax: python(options.jax) };
  const invocations = invocationsOf(options.backends, peers);
  const rows: Row[] = [];
  const ratios: Ratio[] = [];
  await withTaskFiles(async (files) => {
    for (const processors of options.processors) {
      const result = await compare(invocations, files, { ...options, processors });
      rows.push(...result.rows);
      ratios.push(...result.ratios);
    }
  });
  if (options.json) process.stdout.write(`${JSON.stringify({ rows, ratios })}\n`);
  else process.stdout.write(`${tableOf(rows)}\n${tableOfRatios(ratios)}\n`);
}

function backendsOf(text: string): StartableBackend[] {
  return text.split(",").map((name) => {
    const backend = startableBackends.find((known) => known === name);
    if (backend) return backend;
    throw new InvalidArgumentError(`expected names of ${startableBackends.join(", ")}, got ${name}`);
  });
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError(`expected seconds, at most 3600, got ${text}`);
}

const style = { head: [], border: [] };

function tableOf(rows: readonly Row[]): string {
  const head = [
    "processors",
    "engine",
    "pictures/s",
    "useful GFLOP/s",
    "its 2048³ product",
    "share",
    "MB",
    "compiled in",
  ];
  const table = new Table({ head, style });
  for (const row of rows) {
    table.push([
      row.processors,
      row.library,
      row.imagesPerSecond.toFixed(1),
      row.usefulGflops.toFixed(1),
      row.productGflops.toFixed(0),
      `${(100 * row.productShare).toFixed(0)}%`,
      row.peakMegabytes.toFixed(0),
      row.compileSeconds === null ? "" : `${row.compileSeconds.toFixed(1)} s`,
    ]);
  }
  return table.toString();
}

function tableOfRatios(ratios: readonly Ratio[]): string {
  const table = new Table({
    head: ["processors", "pictures/s of", "over", "median", "least", "most"],
    style,
  });
  for (const { processors, name, over, ...ratio } of ratios) {
    const numbers = [ratio.median, ratio.least, ratio.most].map((value) => `${value.toFixed(2)}×`);
    table.push([processors, name, over, ...numbers]);
  }
  return table.toString();
}
