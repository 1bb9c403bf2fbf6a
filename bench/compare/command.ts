/**
 * `pnpm compare`: presets side by side on one data set, as wide as an equal number of weights allows, for an equal number of pictures or of minutes:
 * what every one of them makes of held-out pictures, how sure that is, how long it took, and how it got there. Nothing here reads a test picture.
 */
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { chooseBackend, trainingEngine, usePlugin } from "@pixelcnn/backends";
import { bitsPerDim, PairedDifference, StandardError } from "@pixelcnn/core";
import { type DatasetEvent, dataPlaces, loadDataset } from "@pixelcnn/datasets";
import Table from "cli-table3";
import { Command, InvalidArgumentError, Option } from "commander";
import { CONTENDER, type Contender, networkOf, parseContender } from "./contender.ts";
import { drawCurves } from "./draw-curves.ts";
import { type Outcome, trainContender } from "./train-contender.ts";

interface Options {
  readonly dataset: string;
  readonly levels?: number;
  readonly layers?: number;
  readonly weights: number;
  readonly pictures?: number;
  readonly minutes?: number;
  readonly batchSize: number;
  readonly pixels: number;
  readonly learningRate: number;
  readonly averageDecay: number;
  readonly validation: number;
  readonly seed: number;
  readonly backend: "auto" | "xla" | "wasm" | "webgpu" | "cuda";
  readonly pjrtPlugin?: string;
  readonly chart?: string;
}

await new Command("compare")
  .description("presets side by side at equal weights, on held-out pictures of one data set")
  .argument(
    "<contenders...>",
    `${CONTENDER}, the first of which the others are measured by`,
    (name: string, before?: Contender[]) => [...(before ?? []), parseContender(name)],
  )
  .option("--dataset <name>", "data set", "binarized-mnist")
  .option("--levels <n>", "levels of a value (default: those of the set)", wholeFrom(1))
  .option("--layers <n>", "layers or blocks of all (default: each preset's own)", wholeFrom(1))
  .option("--weights <n>", "weights of each, at most", wholeFrom(1), 130_000)
  .addOption(
    new Option("--pictures <n>", "pictures to learn from (default: 20000)")
      .argParser(wholeFrom(1))
      .conflicts("minutes"),
  )
  .option("--minutes <n>", "minutes to learn for, instead", positive)
  .option("--batch-size <n>", "pictures of a step", wholeFrom(1), 16)
  .option("--pixels <n>", "pixels of a step, of those that learn from pixels", wholeFrom(1), 2048)
  .option("--learning-rate <x>", "highest learning rate", positive, 0.002)
  .option(
    "--average-decay <x>",
    "most that the average of the weights keeps of itself per step",
    positive,
    0.999,
  )
  .option("--validation <n>", "held-out pictures to measure on", wholeFrom(2), 1000)
  .option("--seed <n>", "seed of weights and order", wholeFrom(0), 0)
  .option("--backend <name>", "where it computes", "auto")
  .addOption(
    new Option("--pjrt-plugin <file>", "a PJRT plugin for xla, in place of the one that is set up").implies({
      backend: "xla",
    }),
  )
  .option("--chart <file.png>", "draw the learning curves there")
  .action(run)
  .parseAsync();

async function run(contenders: readonly Contender[], options: Options): Promise<void> {
  const { pictures, minutes } = options;
  const places = dataPlaces(process.env.INIT_CWD ?? ".", undefined, process.env.PIXELCNN_DATA);
  const onEvent = ({ type }: DatasetEvent) => process.stderr.write(`${options.dataset}: ${type}\n`);
  const dataset = await loadDataset(options.dataset, places, { onEvent });
  const { height, width, channels } = dataset;
  const picture = { height, width, channels, levels: options.levels ?? dataset.levels };
  const layers = options.layers === undefined ? {} : { layers: options.layers };
  if (options.pjrtPlugin !== undefined)
    await usePlugin(resolve(process.env.INIT_CWD ?? ".", options.pjrtPlugin));
  const backend = await chooseBackend(options.backend);

  const outcomes: Outcome[] = [];
  for (const contender of contenders) {
    const network = networkOf(contender, { picture, ...layers }, options.weights);
    const engine = trainingEngine(network, backend, availableParallelism());
    const budget = {
      ...options,
      pictures: minutes === undefined ? (pictures ?? 20_000) : null,
      minutes: minutes ?? null,
      learningRate: contender.learningRate ?? options.learningRate,
      batchSize: contender.trainOn === "pixels" ? options.pixels : options.batchSize,
    };
    process.stderr.write(`${contender.name} …\n`);
    outcomes.push(await trainContender(contender, network, dataset, engine, budget, options.validation));
  }
  const first = outcomes[0]!;
  process.stdout.write(`${tableOf(outcomes, first.validation, (nats) => bitsPerDim(nats, picture))}\n`);
  process.stdout.write(
    `${options.dataset}, ${picture.levels} levels, ${first.validation.length} validation pictures, ${backend}; nats per picture, ± standard errors over pictures\n`,
  );
  if (options.chart !== undefined) {
    const file = resolve(process.env.INIT_CWD ?? ".", options.chart);
    await writeFile(file, await drawCurves(outcomes, minutes === undefined ? "pictures" : "minutes"));
    process.stdout.write(`wrote ${file}\n`);
  }
}

function tableOf(outcomes: readonly Outcome[], first: Float32Array, bits: (nats: number) => number): string {
  const head = ["", "weights", "pictures", "minutes", "nats", "bits/dim", "less than the first"];
  const table = new Table({ head, style: { head: [], border: [] } });
  outcomes.forEach(({ contender, weights, pictures, minutes, validation }, index) => {
    const own = new StandardError();
    own.add(validation);
    const gain = new PairedDifference();
    gain.addFirst(validation);
    gain.addSecond(first);
    table.push([
      contender.name,
      String(weights),
      pictures.toFixed(0),
      minutes.toFixed(1),
      told(own.mean, own.value),
      bits(own.mean).toFixed(4),
      index === 0 ? "" : told(gain.value.nats, gain.value.standardError),
    ]);
  });
  return table.toString();
}

/** Of at least two pictures, so that how sure it is is known. */
function told(mean: number, standardError: number | null): string {
  return `${mean.toFixed(2)} ± ${standardError!.toFixed(2)}`;
}

function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least}, got ${text}`);
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`expected a positive number, got ${text}`);
}
