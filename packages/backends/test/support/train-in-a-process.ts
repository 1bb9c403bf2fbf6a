/** Trains small networks on one backend: train-in-a-process.ts <backend>. Prints {@link TrainingRecords} as JSON. */

import { type StartableBackend, startBackend } from "@pixelcnn/backends";
import { buildPreset, dimensions, type Model, type Network, Purpose, uniform } from "@pixelcnn/core";
import { FlatLayout, initialise, LocalGradients, Trainer } from "@pixelcnn/core/training";
import { tensor1d } from "@tensorflow/tfjs-core";

export interface TrainingRecord {
  /** Gradient of the first step, tensor by tensor. */
  readonly gradients: Record<string, number[]>;
  /** Nats per picture before each step. */
  readonly losses: number[];
}

// Small enough for the engine in plain JavaScript and for a GPU in software, which takes 256 invocations for each number of a filter's gradient; a picture a class.
const STEPS = 3;
const BATCH = 3;

/** One after the other, so that a GPU compiles what they share once. */
const networks = {
  /** Classes, dropout, dilation, four levels. */
  gated: () =>
    buildPreset("gated", {
      ...{ picture: { height: 6, width: 6, channels: 1, levels: 4 }, classes: 3 },
      ...{ channels: 4, layers: 2, dilations: [1, 2], dropout: 0.2 },
    }),
  /** Batch norm, colour with its masked channel groups, two levels. */
  naive: () =>
    buildPreset("naive", {
      picture: { height: 6, width: 6, channels: 3, levels: 2 },
      channels: 3,
      layers: 2,
    }),
} satisfies Record<string, () => Network>;

export type TrainingRecords = Readonly<Record<keyof typeof networks, TrainingRecord>>;

await startBackend(process.argv[2] as StartableBackend);
const records: TrainingRecords = {
  gated: await train(networks.gated()),
  naive: await train(networks.naive()),
};
process.stdout.write(JSON.stringify(records));

async function train(network: Network): Promise<TrainingRecord> {
  const model = withoutZeros(network);
  const { picture, classes } = network;
  const levels = Uint8Array.from({ length: BATCH * dimensions(picture) }, (_, i) =>
    Math.floor(picture.levels * uniform(2, 0, i, Purpose.sample, 0, 0)),
  );
  const labels = Int32Array.from({ length: BATCH }, (_, i) => i % Math.max(1, classes));
  const dropout = (step: number) => ({ seed: 5, indices: [0, 1, 2], step });

  const layout = new FlatLayout(network);
  const weights = tensor1d(layout.flattenWeights(model));
  const { gradient } = await new LocalGradients(network).compute({
    ...{ weights, batch: { levels, labels }, dropout: dropout(1) },
  });
  const flat = await gradient.data();
  const gradients = layout.trained.map(({ name, start, shape }): [string, number[]] => [
    name,
    [...flat.slice(start, start + shape.reduce((product, length) => product * length, 1))],
  ]);

  const options = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1, averageDecay: 0.99 };
  const trainer = new Trainer(model, options);
  const losses: number[] = [];
  for (let step = 1; step <= STEPS; step++) {
    losses.push((await trainer.train({ levels, labels }, 1e-2, dropout(step))).nats);
  }
  return { gradients: Object.fromEntries(gradients), losses };
}

/** A start whose last convolution is not 0, so that gradients reach everything below it. */
function withoutZeros(network: Network): Model {
  const layout = new FlatLayout(network);
  const start = initialise(network, 7);
  const allowed = layout.allowed();
  const weights = layout
    .flattenWeights(start)
    .map(
      (weight, i) => weight + (allowed?.[i] ?? 1) * 0.2 * (uniform(1, 0, i, Purpose.initialise, 0, 0) - 0.5),
    );
  return layout.toModel(weights, layout.flattenStatistics(start));
}
