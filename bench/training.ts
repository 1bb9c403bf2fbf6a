/**
 * Speed of a training step: the reference network on every backend, all in one run, each also as a share of the fastest that
 * the same backend runs a plain convolution forward (3×3, 64→64, 28×28, batch 16).
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type StartableBackend, startableBackends } from "@pixelcnn/cli/backends";
import { ParallelGradients } from "@pixelcnn/cli/workers";
import { encodeModelFile, multiplyAdds, type Network } from "@pixelcnn/core";
import { initialise, Trainer } from "@pixelcnn/core/training";
import { conv2d, randomUniform, type Tensor4D } from "@tensorflow/tfjs-core";
import Table from "cli-table3";
import { Command } from "commander";
import { useBackend } from "./backends.ts";
import { referenceNetwork } from "./reference-network.ts";

interface Row {
  readonly backend: StartableBackend | "pytorch";
  readonly workers: number;
  readonly imagesPerSecond: number;
  /** 10⁹ useful floating-point operations a second: 2 a multiply-add, three passes a step. */
  readonly usefulGflops: number;
  /** usefulGflops over the backend's own convolution peak on one thread; null for PyTorch, whose peak is not measured. */
  readonly peakFraction: number | null;
}

interface Options {
  readonly json?: boolean;
  readonly seconds: string;
  readonly pytorch?: true | string;
}

const BATCH = 16;

export function command(): Command {
  return new Command("training")
    .description("images/s and useful GFLOP/s of a training step, per backend and number of threads")
    .option("--json", "print the rows as JSON")
    .option("--seconds <n>", "time for each row", "20")
    .option(
      "--pytorch [python]",
      "put PyTorch's training step of the same network beside it (Debian: python3-torch)",
    )
    .action(run);
}

async function run({ json, seconds, pytorch }: Options): Promise<void> {
  const network = referenceNetwork();
  const milliseconds = Number(seconds) * 1000;
  const rows: Row[] = [];
  const add = (
    backend: Row["backend"],
    workers: number,
    imagesPerSecond: number,
    peakGflops: number | null,
  ) => {
    const usefulGflops = (imagesPerSecond * 3 * 2 * multiplyAdds(network)) / 1e9;
    const peakFraction = peakGflops === null ? null : usefulGflops / peakGflops;
    rows.push({ backend, workers, imagesPerSecond, usefulGflops, peakFraction });
  };
  for (const backend of startableBackends) {
    const whyNot = await useBackend(backend);
    if (whyNot !== null) {
      process.stderr.write(`${backend} is left out: ${whyNot}\n`);
      continue;
    }
    const peakGflops = await convolutionPeak(milliseconds / 5);
    for (let workers = 1; workers <= (backend === "wasm" ? availableParallelism() : 1); workers++) {
      add(backend, workers, await imagesPerSecond(backend, workers, milliseconds), peakGflops);
    }
  }
  if (pytorch !== undefined) {
    for (let threads = 1; threads <= availableParallelism(); threads++) {
      const python = pytorch === true ? "python3" : pytorch;
      add("pytorch", threads, await pytorchImagesPerSecond(python, network, threads, Number(seconds)), null);
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else printTable(rows);
}

function printTable(rows: readonly Row[]): void {
  const table = new Table({
    head: ["backend", "threads", "images/s", "useful GFLOP/s", "of conv peak", "over cpu"],
    style: { head: [], border: [] },
  });
  const cpu = rows.find(({ backend }) => backend === "cpu")!;
  for (const { backend, workers, imagesPerSecond, usefulGflops, peakFraction } of rows) {
    table.push([
      backend,
      workers,
      imagesPerSecond.toFixed(1),
      usefulGflops.toFixed(2),
      peakFraction === null ? "" : `${(100 * peakFraction).toFixed(0)}%`,
      `${(imagesPerSecond / cpu.imagesPerSecond).toFixed(1)}×`,
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

/** A training step on the current backend. */
async function imagesPerSecond(
  backend: StartableBackend,
  workers: number,
  milliseconds: number,
): Promise<number> {
  const network = referenceNetwork();
  const { height, width } = network.picture;
  const trainer = new Trainer(initialise(network, 0), {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    clipNorm: 1,
    averageDecay: 0.99,
    gradients: workers === 1 ? undefined : await ParallelGradients.start(network, backend, workers),
  });
  const levels = Uint8Array.from({ length: BATCH * height * width }, (_, i) => ((i * 7919) % 3) & 1);
  const batch = { levels, labels: new Int32Array(BATCH) };
  const indices = Array.from({ length: BATCH }, (_, i) => i);
  const step = () => trainer.train(batch, 1e-3, { seed: 0, indices, step: trainer.step + 1 });
  const secondsPerStep = await medianTime(step, milliseconds);
  await trainer.dispose();
  return BATCH / secondsPerStep;
}

/** The same step of the same network in PyTorch, through its model file. */
async function pytorchImagesPerSecond(
  python: string,
  network: Network,
  threads: number,
  seconds: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-bench-"));
  try {
    const path = join(folder, "reference.safetensors");
    const provenance = {
      dataset: "none",
      command: "bench training",
      date: new Date().toISOString(),
      steps: 0,
    };
    const bytes = encodeModelFile({
      model: initialise(network, 0),
      preparation: { levels: network.picture.levels, binarise: "threshold" },
      provenance: { ...provenance, trainNats: null, validation: null, test: null },
    });
    await writeFile(path, bytes);
    const script = fileURLToPath(new URL("pytorch_training.py", import.meta.url));
    const args = [script, path, String(threads), String(BATCH), String(seconds)];
    const { stdout } = await promisify(execFile)(python, args);
    return (JSON.parse(stdout) as { imagesPerSecond: number }).imagesPerSecond;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** GFLOP/s of the backend's own convolution, forward. */
async function convolutionPeak(milliseconds: number): Promise<number> {
  const x = randomUniform([BATCH, 30, 30, 64]) as Tensor4D;
  const filter = randomUniform([3, 3, 64, 64]) as Tensor4D;
  const run = async () => {
    const y = conv2d(x, filter, 1, "valid");
    await y.data();
    y.dispose();
  };
  const seconds = await medianTime(run, milliseconds);
  x.dispose();
  filter.dispose();
  return (2 * BATCH * 28 * 28 * 9 * 64 * 64) / seconds / 1e9;
}

/** Median time of a call in seconds, measured for some time after one call to warm up. */
async function medianTime(call: () => Promise<unknown>, milliseconds: number): Promise<number> {
  await call();
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  do {
    const started = performance.now();
    await call();
    times.push((performance.now() - started) / 1000);
  } while (performance.now() < end);
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
