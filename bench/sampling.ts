/**
 * Speed of drawing pictures: every sampler on one model, all in one run on one core, each as a share of the matrix peak that
 * the same run measures.
 */
import { readFile } from "node:fs/promises";
import { startBackend } from "@pixelcnn/backends";
import {
  decodeModelFile,
  dimensions,
  logitsRead,
  type Model,
  multiplyAdds,
  type PresetName,
  presets,
  type Sampler,
} from "@pixelcnn/core";
import { bestVariant, scalarSampler, simdSampler } from "@pixelcnn/core/incremental";
import { disposeParameters, fixedPointSampler, forward, uploadParameters } from "@pixelcnn/core/tensors";
import { measureMatrixPeak } from "@pixelcnn/wasm-training";
import { slice, tensor1d, tensor4d, tidy } from "@tensorflow/tfjs-core";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { type AttentionShare, attentionShare } from "./attention-share.ts";
import { type PresetSize, presetNetwork } from "./preset-network.ts";
import { randomModel } from "./random-model.ts";
import { secondsPerBatch } from "./seconds-per-batch.ts";

interface Row {
  readonly sampler: string;
  readonly batch: number;
  readonly secondsPerPicture: number;
  /** How many times as fast as the naive sampler with the same batch. */
  readonly ratioToNaive: number;
  /** Useful floating-point operations a second (2 a multiply-add that no sampler can leave out) over the matrix peak. */
  readonly peakFraction: number;
}

interface Options {
  readonly json?: boolean;
  readonly modelFile?: string;
  readonly preset: PresetName;
  readonly levels: string;
  readonly components: string;
  readonly channels?: string;
  readonly layers?: string;
  readonly batches: string;
}

/** Values of a picture that the naive sampler is timed on. */
const NAIVE_VALUES = 3;

export function command(): Command {
  return new Command("sampling")
    .description("seconds per picture and share of the matrix peak, per sampler and batch")
    .option("--json", "print the rows as JSON")
    .option("--model-file <path>", "measure this model instead of the reference network with random weights")
    .addOption(
      new Option("--preset <name>", "measure this preset in its own size; gated is the reference network")
        .choices(Object.keys(presets))
        .default("gated"),
    )
    .option("--levels <n>", "levels of the network", "2")
    .option("--components <n>", "give the network a mixture of so many; 0 for none", "0")
    .option("--channels <n>", "channels of the preset, in place of its own")
    .option("--layers <n>", "layers or blocks of the preset, in place of its own")
    .option("--batches <n,n>", "batches to measure", "1,16,64")
    .action(run);
}

async function run({ json, modelFile, preset, batches, ...size }: Options): Promise<void> {
  await startBackend("wasm");
  const model =
    modelFile === undefined
      ? randomModel(presetNetwork(preset, sizeOf(size)))
      : decodeModelFile(await readFile(modelFile)).model;
  const samplers: [string, Sampler][] = [
    ["incremental (scalar)", scalarSampler],
    ["incremental (SIMD)", simdSampler("simd")],
  ];
  if (bestVariant() === "relaxedSimd")
    samplers.push(["incremental (relaxed SIMD)", simdSampler("relaxedSimd")]);
  samplers.push(["fixed-point", fixedPointSampler]);
  const rows: Omit<Row, "peakFraction">[] = [];
  let peakGflops = measureMatrixPeak();
  for (const batch of batches.split(",").map(Number)) {
    const naive = (await naiveSecondsPerValue(model, batch)) * (dimensions(model.network.picture) / batch);
    rows.push({ sampler: "naive", batch, secondsPerPicture: naive, ratioToNaive: 1 });
    for (const [name, sampler] of samplers) {
      const secondsPerPicture = (await secondsPerBatch(model, sampler, batch)) / batch;
      rows.push({ sampler: name, batch, secondsPerPicture, ratioToNaive: naive / secondsPerPicture });
      peakGflops = Math.max(peakGflops, measureMatrixPeak());
    }
  }
  const [fastest] = samplers.filter(([name]) => name.startsWith("incremental")).slice(-1);
  const largest = Math.max(...batches.split(",").map(Number));
  const attention = await attentionShare(model, fastest![1], largest);
  const gflop = (2 * multiplyAdds(model.network)) / 1e9;
  print(
    rows.map((row) => ({ ...row, peakFraction: gflop / row.secondsPerPicture / peakGflops })),
    { json: json ?? false, gflop, peakGflops, values: dimensions(model.network.picture) },
  );
  if (attention !== null && !json) printAttention(attention, fastest![0], largest, peakGflops);
}

function sizeOf({ levels, components, channels, layers }: Omit<Options, "preset" | "batches">): PresetSize {
  return {
    levels: Number(levels),
    components: Number(components),
    ...(channels !== undefined && { channels: Number(channels) }),
    ...(layers !== undefined && { layers: Number(layers) }),
  };
}

interface Printing {
  readonly json: boolean;
  readonly gflop: number;
  readonly peakGflops: number;
  readonly values: number;
}

function print(rows: readonly Row[], { json, gflop, peakGflops, values }: Printing): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  const table = new Table({
    head: ["sampler", "batch", "seconds per picture", "over naive", "share of peak"],
    style: { head: [], border: [] },
  });
  for (const { sampler, batch, secondsPerPicture, ratioToNaive, peakFraction } of rows) {
    table.push([
      sampler,
      batch,
      secondsPerPicture.toPrecision(3),
      `${ratioToNaive.toPrecision(3)}×`,
      `${(100 * peakFraction).toFixed(1)}%`,
    ]);
  }
  process.stdout.write(`${table.toString()}
${gflop.toFixed(3)} GFLOP per picture; matrix peak ${peakGflops.toFixed(1)} GFLOP/s. The fastest of several runs counts.
naive and fixed-point run on TensorFlow.js's wasm backend with this project's kernels; naive is timed on ${NAIVE_VALUES} of a
picture's ${values} values and scaled. Fixed-point depends on the weights: where they are random, a value hardly depends on
those before it, and few passes are enough.
`);
}

function printAttention(
  { work, time, gigabytesPerSecond, restGflops }: AttentionShare,
  sampler: string,
  batch: number,
  peakGflops: number,
): void {
  const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
  process.stdout.write(`Attention is ${percent(work)} of the multiply-adds and ${percent(time)} of the time of ${sampler} at batch ${batch}: it reads ${gigabytesPerSecond.toFixed(1)} GB/s of keys
and values, which are each picture's own. Everything else is at ${percent(restGflops / peakGflops)} of the peak.
`);
}

/** What the naive sampler does for one value of every picture: a whole pass, of which it reads one value's logits. */
async function naiveSecondsPerValue({ network, weights }: Model, batch: number): Promise<number> {
  const { height, width, channels } = network.picture;
  const parameters = uploadParameters({ network, weights });
  const labels = network.classes > 0 ? tensor1d(new Int32Array(batch), "int32") : undefined;
  const pixels = new Float32Array(batch * dimensions(network.picture));
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= NAIVE_VALUES; i++) {
    const started = performance.now();
    const logits = tidy(() => {
      const all = forward(network, parameters, tensor4d(pixels, [batch, height, width, channels]), {
        labels,
      });
      return slice(all, [0, i % height, 0, 0], [batch, 1, 1, logitsRead(network)[0]![1]]);
    });
    await logits.data();
    logits.dispose();
    if (i > 0) fastest = Math.min(fastest, (performance.now() - started) / 1000); // the first warms up
  }
  disposeParameters(parameters);
  labels?.dispose();
  return fastest;
}
