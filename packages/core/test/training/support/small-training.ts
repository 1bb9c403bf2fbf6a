/** Data sets and options at the sizes that tests can afford. */

import type { Batch, Dataset } from "../../../src/data/index.ts";
import { storedSplit } from "../../../src/data/stored-split.ts";
import type { Network } from "../../../src/network/graph.ts";
import type { PictureShape } from "../../../src/picture.ts";
import { type AllPresetOptions, buildPreset, type PresetName } from "../../../src/presets/build-preset.ts";

import {
  initialise,
  type TrainerOptions,
  type TrainingEvent,
  type TrainOptions,
  train,
} from "../../../src/training/index.ts";
import { randomPictures } from "../../support/random-pictures.ts";

export const adam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 } as const;
export const trainerOptions: TrainerOptions = { ...adam, averageDecay: 0.9 };
export const noDropout = { seed: 0, indices: [0, 1, 2, 3], step: 1 };

export function smallNetwork(name: PresetName, options: AllPresetOptions): Network {
  return buildPreset(name, { channels: 6, layers: 1, ...options });
}

/** Uniform random pictures, as a batch. */
export function randomBatch(picture: PictureShape, count: number, classes = 1, seed = 1): Batch {
  return {
    levels: randomPictures(picture, count, seed),
    labels: Int32Array.from({ length: count }, (_, i) => i % classes),
  };
}

export interface SmallSet {
  readonly picture: PictureShape;
  readonly classes?: number;
  readonly train?: number;
  readonly validation?: number;
  readonly test?: number;
}

/** A set of uniform random pictures, stored with the levels that the model takes; picture i has label i modulo classes. */
export function smallDataset({ picture, classes = 0, ...lengths }: SmallSet): Dataset {
  const { height, width, channels, levels } = picture;
  const split = (length: number, seed: number) =>
    storedSplit(
      randomPictures(picture, length, seed),
      height * width * channels,
      Uint8Array.from({ length }, (_, i) => i % Math.max(1, classes)),
    );
  return {
    name: "small",
    height,
    width,
    channels,
    levels,
    classes,
    train: split(lengths.train ?? 10, 1),
    validation: split(lengths.validation ?? 4, 2),
    test: split(lengths.test ?? 6, 3),
  };
}

export function trainOptions(
  picture: PictureShape,
  length: TrainOptions["length"],
  changes: Partial<TrainOptions> = {},
): TrainOptions {
  return {
    preparation: { levels: picture.levels, binarise: picture.levels === 2 ? "fixed" : null },
    length,
    batchSize: 4,
    learningRate: 0.01,
    warmupSteps: 2,
    ...adam,
    averageDecay: 0.9,
    seed: 3,
    testLimit: 2,
    finalTestLimit: 100,
    validationLimit: 3,
    sampleCount: 0,
    checkpointEvery: 0,
    ...changes,
  };
}

/** Trains to the end from the first weights of seed 1. */
export async function eventsOf(
  network: Network,
  dataset: Dataset,
  options: TrainOptions,
): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of train(initialise(network, 1), dataset, options)) events.push(event);
  return events;
}

/** Events of one type. */
export function only<T extends TrainingEvent["type"]>(events: readonly TrainingEvent[], type: T) {
  return events.filter((event): event is TrainingEvent & { type: T } => event.type === type);
}
