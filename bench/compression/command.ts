/**
 * Lossless compression by the shipped models beside what else there is, on the first test pictures of their sets: bits, with and without the
 * weights that a reader needs as well, and speed beside that of drawing with the same model, batch and kernels, by processor time. Ends with 1 where
 * a model misses what is promised (shortfalls.ts).
 */
import { startBackend } from "@pixelcnn/backends";
import { cheapestLabels, decodePxc, dimensions, encodePxc, type Model, sample } from "@pixelcnn/core";
import { simdSampler } from "@pixelcnn/core/incremental";
import Table from "cli-table3";
import { Command } from "commander";
import { processorClock } from "../seconds-per-batch.ts";
import { classesOf, type MeasuredBytes, measureBytes, picturesOf } from "./measure-bytes.ts";
import { otherCoders } from "./other-coders.ts";
import { LANES, type Measurement, MOST_OVERHEAD_BYTES, mostBytes, shortfallsOf } from "./shortfalls.ts";

/** Models that lose nothing of their sets: of 256 levels, or of colours by number. */
const LOSSLESS = ["mnist-256", "cifar10", "cifar10-local", "sprites"];
/** And one of classes, whose pictures are rounded to its levels first. */
const MODELS = [...LOSSLESS, "mnist"];

interface Options {
  readonly pictures: string;
  readonly timed: string;
  readonly models: string;
  readonly json?: boolean;
}

interface Row {
  readonly coder: string;
  readonly bytes: number;
  readonly bitsPerDim: number;
  /** The same with the model file counted; null for coders without. */
  readonly bitsPerDimWithWeights: number | null;
  /** Pictures from which a model takes less than this coder, its file counted; null for never, and for models. */
  readonly paysFrom: readonly string[];
}

export function command(): Command {
  return new Command("compression")
    .description("bits and speed of lossless compression, beside PNG, WebP, JPEG XL and xz")
    .option("--pictures <n>", "test pictures of each set", "1000")
    .option("--timed <n>", "of them, those that speed is measured on, a multiple of 16", "64")
    .option("--models <names>", "these alone, with commas between", MODELS.join())
    .option("--json", "print the rows as JSON")
    .action(run);
}

async function run({ pictures, timed, models, json = false }: Options): Promise<void> {
  const names = models.split(",");
  const unknown = names.find((name) => !MODELS.includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`--models: expected some of ${MODELS.join(", ")}, got ${unknown}\n`);
    process.exitCode = 1;
    return;
  }
  await startBackend("wasm");
  const bySet = new Map<string, Measured[]>();
  for (const name of names) {
    const measured = await measureModel(name, Number(pictures), Number(timed));
    const { dataset, model } = measured;
    const set = `${dataset.name} of ${model.network.picture.levels}`;
    bySet.set(set, [...(bySet.get(set) ?? []), measured]);
  }
  const measured = [...bySet.values()];
  for (const models of measured) await report(models, json);
  const shortfalls = measured.flat().flatMap(shortfallsOf);
  for (const line of shortfalls) process.stderr.write(`${line}\n`);
  if (shortfalls.length > 0) process.exitCode = 1;
}

/** Speeds are on plain SIMD. */
interface Measured extends Measurement, MeasuredBytes {
  /** Of the timed pictures, when nobody says their classes; null for a model without. */
  readonly seeking: Seeking | null;
}

interface Seeking {
  readonly pictures: number;
  readonly bytes: number;
  readonly bytesByLabel: number;
  /** How many times as long it takes. */
  readonly times: number;
}

async function measureModel(name: string, wanted: number, timed: number): Promise<Measured> {
  const measured = await measureBytes(name, wanted);
  const { model, levels, labels } = measured;
  const some = [
    levels.subarray(0, timed * dimensions(model.network.picture)),
    labels.slice(0, timed),
  ] as const;
  return {
    ...measured,
    name,
    speed: await speedOf(model, ...some),
    seeking: await seekingOf(model, ...some),
  };
}

/** Compresses pictures by their labels, and by those that make them smallest, all of which are tried. */
async function seekingOf(
  model: Model,
  levels: Uint8Array,
  labels: readonly number[],
): Promise<Seeking | null> {
  if (model.network.classes === 0) return null;
  const pictures = picturesOf(model, levels);
  const started = processorClock();
  const byLabel = await encodePxc(model, pictures, { classLabel: labels });
  const told = processorClock();
  const bytes = await encodePxc(model, pictures, { classLabel: await cheapestLabels(model, pictures) });
  const times = (processorClock() - told) / (told - started);
  return { pictures: labels.length, bytes: bytes.length, bytesByLabel: byLabel.length, times };
}

/** Each once to warm up, then the faster of two, in turn. */
async function speedOf(
  model: Model,
  levels: Uint8Array,
  labels: readonly number[],
): Promise<Measured["speed"]> {
  const count = levels.length / dimensions(model.network.picture);
  const pictures = picturesOf(model, levels);
  const classes = classesOf(model, labels);
  const file = await encodePxc(model, pictures, classes);
  const sampler = simdSampler("simd");
  const ways = {
    draw: async () => {
      for await (const _ of sample(model, { count, batchSize: LANES, sampler, seed: 1, ...classes }));
    },
    compress: () => encodePxc(model, pictures, classes),
    decompress: () => decodePxc(model, file),
  };
  const fastest = { draw: 0, compress: 0, decompress: 0 };
  for (let round = 0; round < 3; round++) {
    for (const [name, work] of Object.entries(ways)) {
      const started = processorClock();
      await work();
      const speed = count / (processorClock() - started);
      if (round > 0) fastest[name as keyof typeof ways] = Math.max(fastest[name as keyof typeof ways], speed);
    }
  }
  return fastest;
}

async function report(models: readonly Measured[], json: boolean): Promise<void> {
  const { dataset, levels, model } = models[0]!;
  const { picture } = model.network;
  const count = levels.length / dimensions(picture);
  const perDim = (bytes: number) => (8 * bytes) / levels.length;
  const { coders, missing } = otherCoders(picture);
  const others = [];
  for (const { name, measure } of coders) others.push({ name, bytes: await measure(levels) });
  const rows: Row[] = [
    ...models.map(({ name, bytes, weightBytes }) => ({
      coder: name,
      bytes,
      bitsPerDim: perDim(bytes),
      bitsPerDimWithWeights: perDim(bytes + weightBytes),
      paysFrom: [],
    })),
    ...others.map(({ name, bytes }) => ({
      coder: name,
      bytes,
      bitsPerDim: perDim(bytes),
      bitsPerDimWithWeights: null,
      paysFrom: models.map((own) => {
        const saved = (bytes - own.bytes) / count;
        return `${own.name}: ${saved > 0 ? Math.ceil(own.weightBytes / saved) : "never"}`;
      }),
    })),
  ];
  if (json) {
    const speeds = models.map(({ name, speed, bytes, evaluatedBits, labelBits, seeking }) => ({
      ...{ name, speed, bytes, evaluatedBits, labelBits },
      ...(seeking && { seeking }),
    }));
    process.stdout.write(
      `${JSON.stringify({ dataset: dataset.name, count, rows, models: speeds, missing })}\n`,
    );
    return;
  }
  const table = new Table({
    head: ["coder", "bytes", "bits/dim", "weights counted", "a model pays from … pictures"],
    style: { head: [], border: [] },
  });
  for (const { coder, bytes, bitsPerDim, bitsPerDimWithWeights, paysFrom } of rows) {
    const counted = bitsPerDimWithWeights?.toFixed(3) ?? "";
    table.push([coder, bytes.toLocaleString("en"), bitsPerDim.toFixed(3), counted, paysFrom.join(", ")]);
  }
  process.stdout.write(
    `${dataset.name}, ${picture.levels} levels, the first ${count} test pictures\n${table.toString()}\n`,
  );
  if (missing.length > 0) process.stdout.write(`Not here: ${missing.join("; ")}\n`);
  for (const measured of models) {
    const { name, speed, bytes, evaluatedBits, labelBits, seeking } = measured;
    const most = mostBytes(measured);
    const said = `1.005 of them${labelBits > 0 ? `, ${Math.ceil(labelBits / 8)} of labels` : ""} and ${MOST_OVERHEAD_BYTES} bytes`;
    const share = (one: number) => `${one.toFixed(1)} a second (${(one / speed.draw).toFixed(2)} of drawing)`;
    process.stdout.write(
      `${name}: ${((8 * bytes) / evaluatedBits).toFixed(5)} of the ${Math.ceil(evaluatedBits / 8).toLocaleString("en")} bytes that evaluate says, ` +
        `${bytes <= most ? "within" : "NOT within"} ${said}; ` +
        `draws ${speed.draw.toFixed(1)} pictures a second of processor time, compresses ${share(speed.compress)}, decompresses ${share(speed.decompress)}\n`,
    );
    if (seeking === null) continue;
    process.stdout.write(
      `${name}: ${seeking.pictures} pictures by their labels ${seeking.bytesByLabel} bytes; without, all classes tried, ${seeking.bytes} bytes in ${seeking.times.toFixed(1)} times the time\n`,
    );
  }
}
