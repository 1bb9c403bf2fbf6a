/**
 * Lossless compression by the shipped models beside what else there is, on the first test pictures of their sets: bits, with and without the
 * weights that a reader needs as well, and speed beside that of drawing with the same model, batch and kernels.
 */
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startBackend } from "@pixelcnn/backends";
import {
  decodeModelFile,
  decodePxc,
  dimensions,
  encodePxc,
  type Model,
  type ModelFile,
  type PxcPictures,
  sample,
} from "@pixelcnn/core";
import { type Dataset, readBatch, type Split } from "@pixelcnn/core/data";
import { simdSampler } from "@pixelcnn/core/incremental";
import { evaluate } from "@pixelcnn/core/training";
import { dataPlaces, loadDataset } from "@pixelcnn/datasets";
import Table from "cli-table3";
import { Command } from "commander";
import { otherCoders } from "./other-coders.ts";

/** Models that lose nothing of their sets: of 256 levels, or of colours by number. */
const MODELS = ["mnist-256", "cifar10", "cifar10-local", "sprites"];
/** Pictures that are drawn side by side, as many as compression has lanes. */
const LANES = 16;
/** What a file may take over 1.005 times the bits that evaluate says. */
const MOST_OVERHEAD_BYTES = 32 + 8 * LANES;

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
    const { dataset } = measured;
    bySet.set(dataset.name, [...(bySet.get(dataset.name) ?? []), measured]);
  }
  for (const models of bySet.values()) await report(models, json);
}

interface Measured {
  readonly name: string;
  readonly dataset: Dataset;
  readonly model: Model;
  readonly levels: Uint8Array;
  readonly bytes: number;
  readonly weightBytes: number;
  /** What evaluate says, of all pictures. */
  readonly evaluatedBits: number;
  /** Pictures a second, on plain SIMD. */
  readonly speed: { readonly draw: number; readonly compress: number; readonly decompress: number };
}

async function measureModel(name: string, wanted: number, timed: number): Promise<Measured> {
  const path = fileURLToPath(new URL(`../../models/${name}.safetensors`, import.meta.url));
  const file = decodeModelFile(await readFile(path));
  const { model } = file;
  const dataset = await loadDataset(
    file.provenance.dataset,
    dataPlaces(".", undefined, process.env.PIXELCNN_DATA),
  );
  const split = firstOf(dataset.test, wanted);
  const { levels, labels } = levelsOf(file, dataset, split.length);
  const { nats, images } = await evaluate(model, dataset, split, { preparation: file.preparation });
  const bytes = await encodePxc(model, picturesOf(model, levels), classesOf(model, labels));
  const { levels: back } = await decodePxc(model, bytes);
  if (!back.every((level, i) => level === levels[i])) throw new Error(`${name}: other pictures came back`);
  return {
    name,
    dataset,
    model,
    levels,
    bytes: bytes.length,
    weightBytes: (await stat(path)).size,
    evaluatedBits: (nats * images) / Math.LN2,
    speed: await speedOf(
      model,
      levels.subarray(0, timed * dimensions(model.network.picture)),
      labels.slice(0, timed),
    ),
  };
}

/** The first pictures of a part, where `limitSplit` takes some of all of it. */
function firstOf(part: Split, most: number): Split {
  return { length: Math.min(part.length, most), read: (...where) => part.read(...where) };
}

function levelsOf({ preparation }: ModelFile, dataset: Dataset, count: number) {
  const indices = Array.from({ length: count }, (_, i) => i);
  const batch = readBatch(dataset, dataset.test, indices, preparation, { seed: 0, time: 0 });
  return { levels: Uint8Array.from(batch.levels), labels: [...batch.labels] };
}

function picturesOf({ network }: Model, levels: Uint8Array): PxcPictures {
  const { height, width, palette } = network.picture;
  const stored = palette === undefined ? "bytes" : "colours";
  return { height, width, levels, alpha: null, stored, ...(palette && { palette }) };
}

/** What a model with classes is told of pictures. */
function classesOf({ network }: Model, labels: readonly number[]): { classLabel?: readonly number[] } {
  return network.classes === 0 ? {} : { classLabel: labels };
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
      const started = performance.now();
      await work();
      const speed = (1000 * count) / (performance.now() - started);
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
    const speeds = models.map(({ name, speed, bytes, evaluatedBits }) => ({
      name,
      speed,
      bytes,
      evaluatedBits,
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
  process.stdout.write(`${dataset.name}, the first ${count} test pictures\n${table.toString()}\n`);
  if (missing.length > 0) process.stdout.write(`Not here: ${missing.join("; ")}\n`);
  for (const { name, speed, bytes, evaluatedBits } of models) {
    const most = (1.005 * evaluatedBits) / 8 + MOST_OVERHEAD_BYTES;
    const share = (one: number) => `${one.toFixed(1)} a second (${(one / speed.draw).toFixed(2)} of drawing)`;
    process.stdout.write(
      `${name}: ${((8 * bytes) / evaluatedBits).toFixed(5)} of the ${Math.ceil(evaluatedBits / 8).toLocaleString("en")} bytes that evaluate says, ` +
        `${bytes <= most ? "within" : "NOT within"} 1.005 of them and ${MOST_OVERHEAD_BYTES} bytes; ` +
        `draws ${speed.draw.toFixed(1)} pictures a second, compresses ${share(speed.compress)}, decompresses ${share(speed.decompress)}\n`,
    );
  }
}
