/** How much of TensorFlow's own convolution a training step of the reference network reaches: `native` against itself, on all processors. */
import { startBackend } from "@pixelcnn/backends";
import { initialise } from "@pixelcnn/core/training";
import { conv2d, dispose, randomUniform, type Tensor4D } from "@tensorflow/tfjs-core";
import { Command } from "commander";
import { referenceNetwork } from "./reference-network.ts";
import { median } from "./training/median.ts";
import { BATCH, gflopPerPicture } from "./training/task.ts";
import { startTensorflow } from "./training/tensorflow-step.ts";

const ROUNDS = 20;
/** The convolution: 3×3 without a mask, as many channels in as out. */
const CHANNELS = 64;
const SIDE = 28;

export function command(): Command {
  return new Command("native")
    .description("a training step on TensorFlow: share of its own convolution's speed")
    .action(run);
}

async function run(): Promise<void> {
  await startBackend("native");
  const x = randomUniform([BATCH, SIDE, SIDE, CHANNELS]) as Tensor4D;
  const filter = randomUniform([3, 3, CHANNELS, CHANNELS]) as Tensor4D;
  const convolution = await secondsOf(async () => conv2d(x, filter, 1, "same").dispose());
  dispose([x, filter]);
  const network = referenceNetwork();
  const levels = Uint8Array.from({ length: BATCH * SIDE * SIDE }, (_, i) => ((i * 7919) % 3) & 1);
  const step = await startTensorflow(
    "native",
    initialise(network, 0),
    { levels, labels: new Int32Array(BATCH) },
    1,
  );
  const training = await secondsOf(step.train);
  await step.end();
  const peak = (2 * BATCH * SIDE ** 2 * 9 * CHANNELS ** 2) / convolution / 1e9;
  const useful = (gflopPerPicture() * BATCH) / training;
  process.stdout.write(
    `convolution ${peak.toFixed(0)} GFLOP/s; training ${(BATCH / training).toFixed(1)} pictures/s, ${useful.toFixed(1)} GFLOP/s: ${((100 * useful) / peak).toFixed(0)}%\n`,
  );
}

/** Median of some calls, after one that warms up. */
async function secondsOf(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  await call();
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now();
    await call();
    times.push((performance.now() - started) / 1000);
  }
  return median(times);
}
