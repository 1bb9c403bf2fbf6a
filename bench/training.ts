/**
 * Speed of a training step: the reference network on every backend, all in one run, each also as a share of the fastest that
 * the same backend runs a plain convolution forward (3×3, 64→64, 28×28, batch 16).
 */
import { type StartableBackend, startableBackends } from "@pixelcnn/cli/backends";
import { multiplyAdds } from "@pixelcnn/core";
import { initialise, Trainer } from "@pixelcnn/core/training";
import { conv2d, randomUniform, type Tensor4D } from "@tensorflow/tfjs-core";
import Table from "cli-table3";
import { Command } from "commander";
import { useBackend } from "./backends.ts";
import { referenceNetwork } from "./reference-network.ts";

interface Row {
  readonly backend: StartableBackend;
  readonly workers: number;
  readonly imagesPerSecond: number;
  /** 10⁹ useful floating-point operations a second: 2 a multiply-add, three passes a step. */
  readonly usefulGflops: number;
  /** usefulGflops over the backend's own convolution peak. */
  readonly peakFraction: number;
  readonly peakGflops: number;
}

const BATCH = 16;

export function command(): Command {
  return new Command("training")
    .description("images/s and useful GFLOP/s of a training step, per backend")
    .option("--json", "print the rows as JSON")
    .option("--seconds <n>", "time for each backend", "20")
    .action(run);
}

async function run({ json, seconds }: { json?: boolean; seconds: string }): Promise<void> {
  const rows: Row[] = [];
  for (const backend of startableBackends) {
    const whyNot = await useBackend(backend);
    if (whyNot === null) rows.push(await measure(backend, Number(seconds) * 1000));
    else process.stderr.write(`${backend} is left out: ${whyNot}\n`);
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  const table = new Table({
    head: ["backend", "workers", "images/s", "useful GFLOP/s", "conv peak", "share", "over cpu"],
    style: { head: [], border: [] },
  });
  const cpu = rows.find(({ backend }) => backend === "cpu")!;
  for (const row of rows) {
    table.push([
      row.backend,
      row.workers,
      row.imagesPerSecond.toFixed(1),
      row.usefulGflops.toFixed(2),
      row.peakGflops.toFixed(1),
      `${(100 * row.peakFraction).toFixed(0)}%`,
      `${(row.imagesPerSecond / cpu.imagesPerSecond).toFixed(1)}×`,
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

/** Measures the current backend. */
async function measure(backend: StartableBackend, milliseconds: number): Promise<Row> {
  const peakGflops = await convolutionPeak(milliseconds / 5);
  const network = referenceNetwork();
  const { height, width } = network.picture;
  const trainer = new Trainer(initialise(network, 0), {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    clipNorm: 1,
    averageDecay: 0.99,
  });
  const levels = Uint8Array.from({ length: BATCH * height * width }, (_, i) => ((i * 7919) % 3) & 1);
  const batch = { levels, labels: new Int32Array(BATCH) };
  const indices = Array.from({ length: BATCH }, (_, i) => i);
  const step = () => trainer.train(batch, 1e-3, { seed: 0, indices, step: trainer.step + 1 });
  const secondsPerStep = await medianTime(step, milliseconds);
  trainer.dispose();
  const imagesPerSecond = BATCH / secondsPerStep;
  const usefulGflops = (imagesPerSecond * 3 * 2 * multiplyAdds(network)) / 1e9;
  return {
    backend,
    workers: 1,
    imagesPerSecond,
    usefulGflops,
    peakFraction: usefulGflops / peakGflops,
    peakGflops,
  };
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
