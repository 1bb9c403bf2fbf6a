/** Options and preparations that cannot be are refused before a training or an evaluation begins, not when they are first used. */
import { beforeAll, expect, it } from "vitest";
import { DataError } from "../../src/data/index.ts";
import { OptionError, SeedError } from "../../src/index.ts";
import { evaluate, initialise, type TrainOptions, train } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { eventsOf, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

beforeAll(() => useBackend("cpu"));

const picture = { height: 2, width: 3, channels: 1, levels: 4 };
const network = smallNetwork("pixelcnn", { picture });
const model = initialise(network, 0);
const dataset = smallDataset({ picture });
/** Whoever gets as far as starting it has checked too little. */
const engine = () => {
  throw new Error("the engine was started");
};

const firstOf = (changes: object) =>
  train(model, dataset, { length: { steps: 2 }, engine, ...changes } as TrainOptions).next();

it.each([
  [{ length: undefined }, "expected a length of one of epochs, steps, minutes, got undefined"],
  [{ length: { weeks: 1 } }, 'got {"weeks":1}'],
  [{ length: { steps: 1, epochs: 1 } }, "expected a length of one of"],
  [{ length: { steps: 0 } }, "expected length.steps to be a whole number of at least 1, got 0"],
  [{ length: { steps: -1 } }, "length.steps"],
  [{ length: { steps: 1.5 } }, "length.steps"],
  [{ length: { epochs: 0 } }, "expected length.epochs to be a number above 0, got 0"],
  [{ length: { minutes: Number.NaN } }, "length.minutes"],
  [{ batchSize: 0 }, "batchSize"],
  [{ batchSize: 2.5 }, "batchSize"],
  [{ batchSize: "4" }, "batchSize"],
  [{ learningRate: -1 }, "learningRate"],
  [{ learningRate: Number.POSITIVE_INFINITY }, "learningRate"],
  [{ warmupSteps: -1 }, "warmupSteps"],
  [{ weightDecay: -0.1 }, "weightDecay"],
  [{ clipNorm: 0 }, "clipNorm"],
  [{ averageDecay: 1 }, "expected averageDecay to be a number from 0 to below 1, got 1"],
  [{ averageDecay: 2 }, "averageDecay"],
  [{ beta1: 1 }, "beta1"],
  [{ beta2: -0.1 }, "beta2"],
  [{ noisyWindows: 2 }, "noisyWindows"],
  [{ flatPlaces: 0 }, "flatPlaces"],
  [{ trainLimit: 0 }, "trainLimit"],
  [{ testLimit: 0 }, "testLimit"],
  // First used when everything is done.
  [{ finalTestLimit: 0 }, "finalTestLimit"],
  [{ validationLimit: 1.5 }, "validationLimit"],
  [{ sampleCount: -1 }, "sampleCount"],
  [{ checkpointEvery: -1 }, "checkpointEvery"],
  [{ checkpointMinutes: Number.POSITIVE_INFINITY }, "checkpointMinutes"],
  [{ trainOn: "x" }, "expected trainOn to be one of pictures, pixels, got x"],
  [{ optimiser: "sgd" }, "expected optimiser to be one of adam, muon, got sgd"],
])("%j", async (changes, message) => {
  await expect(firstOf(changes)).rejects.toThrow(OptionError);
  await expect(firstOf(changes)).rejects.toThrow(message);
});

it.each([-1, 1.5, 2 ** 53])("a seed of %d, for a training and for weights", async (seed) => {
  await expect(firstOf({ seed })).rejects.toThrow(SeedError);
  expect(() => initialise(network, seed)).toThrow(SeedError);
});

it.each([
  [{ levels: 3, binarise: null }, "the model takes pictures of 4 levels, but the preparation makes 3"],
  [{ levels: 256, binarise: null }, "makes 256"],
  [{ levels: 2, binarise: "dynamic" }, "makes 2"],
  [{ levels: 4, binarise: "threshold" }, "threshold binarisation makes 2 levels, got 4 levels"],
] as const)("a preparation of %j, for a training and for an evaluation", async (preparation, message) => {
  const of256 = smallDataset({ picture: { ...picture, levels: 256 } });
  const training = eventsOf(network, of256, trainOptions(picture, { steps: 1 }, { preparation }));
  await expect(training).rejects.toThrow(DataError);
  const evaluation = evaluate(model, of256, of256.test, { preparation });
  await expect(evaluation).rejects.toThrow(DataError);
  await expect(evaluation).rejects.toThrow(message);
});

it.each(["train", "validation", "test"])("an empty %s part, for a training", async (part) => {
  const without = smallDataset({ picture, [part]: 0 });
  const training = train(model, without, { ...trainOptions(picture, { steps: 2 }), engine });
  await expect(training.next()).rejects.toThrow(
    `small: expected at least 1 picture in every part, got none in ${part}; divide the pictures otherwise, or add some`,
  );
});

it.each([0, 1.5, Number.NaN])("a batch of %d pictures, for an evaluation", async (batchSize) => {
  const preparation = { levels: 4, binarise: null };
  await expect(evaluate(model, dataset, dataset.test, { preparation, batchSize })).rejects.toThrow(
    OptionError,
  );
});

it("but an option that is undefined is one that was left out", async () => {
  await expect(firstOf({ learningRate: undefined, seed: undefined, testLimit: undefined })).rejects.toThrow(
    "the engine was started",
  );
});
