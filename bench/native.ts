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
/** In a round, for one training step: one alone would begin with cold caches. */
const CONVOLUTIONS = 10;
/** The convolution: 3×3 without a mask, as many channels in as out. */
const CHANNELS = 64;
const SIDE = 28;

type Call = () => Promise<unknown>;

export function command(): Command {
  return new Command("native")
    .description("a training step on TensorFlow: share of its own convolution's speed")
    .action(run);
}

async function run(): Promise<void> {
  await startBackend("native");
  const x = randomUniform([BATCH, SIDE, SIDE, CHANNELS]) as Tensor4D;
  const filter = randomUniform([3, 3, CHANNELS, CHANNELS]) as Tensor4D;
  const network = referenceNetwork();
  const levels = Uint8Array.from({ length: BATCH * SIDE * SIDE }, (_, i) => ((i * 7919) % 3) & 1);
  const step = await startTensorflow(
    "native",
    initialise(network, 0),
    { levels, labels: new Int32Array(BATCH) },
    1,
  );
  const convolve = async () => {
    for (let i = 0; i < CONVOLUTIONS; i++) conv2d(x, filter, 1, "same").dispose();
  };
  const [convolutions, training] = await secondsInTurn(convolve, step.train);
  await step.end();
  dispose([x, filter]);
  const peak = (CONVOLUTIONS * 2 * BATCH * SIDE ** 2 * 9 * CHANNELS ** 2) / convolutions / 1e9;
  const useful = (gflopPerPicture() * BATCH) / training;
  process.stdout.write(
    `convolution ${peak.toFixed(0)} GFLOP/s; training ${(BATCH / training).toFixed(1)} pictures/s, ${useful.toFixed(1)} GFLOP/s: ${((100 * useful) / peak).toFixed(0)}%\n`,
  );
}

/** Medians of calls in turn, after one each that warms up: what else the machine does falls on both. */
async function secondsInTurn(...calls: readonly [Call, Call]): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, call] of calls.entries()) {
      const started = performance.now();
      await call();
      if (round > 0) times[index]!.push((performance.now() - started) / 1000);
    }
  }
  return [median(times[0]), median(times[1])];
}
