/**
 * One engine's side of the agreement: `agreement-process.ts <engine> <precision> <steps> <file> <until>` writes gradients of first steps and the losses of many steps
 * into the file, as Node serialises them; steps that have not begun by `until`, milliseconds since 1970, are left out. An engine to a process: TensorFlow.js has one backend at a time.
 */
import { writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { serialize } from "node:v8";
import { type StartableBackend, startBackend, trainingEngine } from "@pixelcnn/backends";
import { buildPreset, type Network, type PresetName } from "@pixelcnn/core";
import { type Batch, glyphsDataset, readBatch } from "@pixelcnn/core/data";
import { type EngineStarter, FlatLayout, initialise, type TrainingEngine } from "@pixelcnn/core/training";
import type { Precision } from "@pixelcnn/xla";
import { referenceNetwork } from "../reference-network.ts";
import { rule } from "../training/task.ts";

/** A parameter's gradient. */
export interface Gradient {
  readonly network: string;
  readonly parameter: string;
  readonly values: Float32Array;
}

/** All that is compared. */
export interface Findings {
  readonly gradients: readonly Gradient[];
  /** Of the reference network's steps, nats per picture. */
  readonly losses: readonly number[];
}

const BATCH = 16;
const LEARNING_RATE = 3e-3;
/** Threads of the processor's engine. */
const MOST_THREADS = 8;
const size = { height: 28, width: 28 };

const [backend, precision, steps, file, until] = process.argv.slice(2) as [
  StartableBackend,
  Precision,
  string,
  string,
  string,
];
// Its last line is what is told of it; TensorFlow.js's WebAssembly would throw it once more.
process.once("uncaughtException", ({ message }) => {
  writeSync(2, `${message}\n`);
  process.exit(1);
});

const dataset = glyphsDataset({ ...size, channels: 1, trainLength: BATCH * Math.max(1, Number(steps)) });
await startBackend(backend);
const findings: Findings = {
  gradients: await allGradients(),
  losses: await losses(Number(steps), Number(until)),
};
await writeFile(file, serialize(findings));
process.exit(); // engines keep threads and devices

/** Of the reference network, and of small ones of every kind. */
async function allGradients(): Promise<Gradient[]> {
  const picture = { ...size, channels: 1, levels: 2 };
  const small = (name: PresetName) => buildPreset(name, { picture, channels: 16, layers: 2 });
  const networks = { reference: referenceNetwork(), naive: small("naive"), pixelcnn: small("pixelcnn") };
  const found: Gradient[] = [];
  for (const [name, network] of Object.entries(networks)) found.push(...(await gradientsOf(name, network)));
  return found;
}

/** From 0 the first moment after one step is the gradient, but for a factor. */
async function gradientsOf(name: string, network: Network): Promise<Gradient[]> {
  const engine = await start(network, 1e9);
  try {
    await step(engine, 0);
    const { firstMoment } = await engine.vectors();
    return new FlatLayout(network).trained.map(({ name: parameter, shape, start }) => {
      const end = start + shape.reduce((product, length) => product * length, 1);
      return { network: name, parameter, values: firstMoment.slice(start, end) };
    });
  } finally {
    await engine.dispose();
  }
}

async function losses(count: number, until: number): Promise<number[]> {
  const engine = await start(referenceNetwork(), 1);
  const found: number[] = [];
  do found.push(await step(engine, found.length));
  while (found.length < count && Date.now() < until);
  await engine.dispose();
  return found;
}

function start(network: Network, clipNorm: number): Promise<TrainingEngine> {
  return starterFor(network)(initialise(network, 0), { ...rule, clipNorm });
}

function starterFor(network: Network): EngineStarter {
  // Threads take batch norm's statistics of their own pictures.
  const norms = network.nodes.some(({ op }) => op === "batchNorm");
  const count = norms ? 1 : Math.min(MOST_THREADS, availableParallelism());
  return trainingEngine(network, backend, count, { precision });
}

/** The next step on pictures that nobody has seen before. */
async function step(engine: TrainingEngine, index: number): Promise<number> {
  const indices = Array.from({ length: BATCH }, (_, i) => index * BATCH + i);
  const dropout = { seed: 0, indices, step: index + 1 };
  return (await engine.train(batchOf(indices), LEARNING_RATE, dropout)).nats;
}

function batchOf(indices: readonly number[]): Batch {
  const batch = readBatch(
    dataset,
    dataset.train,
    indices,
    { levels: 2, binarise: "threshold" },
    { seed: 0, time: 0 },
  );
  return { ...batch, labels: new Int32Array(indices.length) }; // one class
}
