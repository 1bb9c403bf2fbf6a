import { beforeAll, describe, expect, it } from "vitest";
import { DataError, type Dataset } from "../../src/data/index.ts";
import { buildPreset, countWeights } from "../../src/index.ts";
import { evaluate, initialise } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { combinations } from "../support/pairwise.ts";
import { randomWeights } from "../support/random-model.ts";
import { modelNames } from "../support/small-models.ts";
import { eventsOf, only, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

beforeAll(() => useBackend("wasm"));

describe.each(combinations({ model: modelNames, channels: [1, 3], levels: [2, 4], classes: [0, 2] }))(
  "$model, $channels channels, $levels levels, $classes classes",
  ({ model: name, channels, levels, classes }) => {
    const picture = { height: 4, width: 3, channels, levels };
    const model = randomWeights(smallNetwork(name, { picture, classes }), 1);
    const dataset = smallDataset({ picture, classes, test: 7 });
    const preparation = { levels, binarise: levels === 2 ? ("fixed" as const) : null };

    it("any batch size gives the same nats, and they are the mean of the pictures' own", async () => {
      const one = await evaluate(model, dataset, dataset.test, { preparation, batchSize: 1 });
      const alone: number[] = [];
      for (let i = 0; i < 7; i++) {
        const single = {
          length: 1,
          read: (_: number, target: Uint8Array, offset: number) => dataset.test.read(i, target, offset),
        };
        alone.push((await evaluate(model, dataset, single, { preparation })).nats);
      }
      const mean = alone.reduce((sum, nats) => sum + nats, 0) / 7;
      for (const batchSize of [2, 3, 7, 32]) {
        const { images, nats, bitsPerDim } = await evaluate(model, dataset, dataset.test, {
          preparation,
          batchSize,
        });
        expect(images).toBe(7);
        expect(Math.abs(nats / mean - 1)).toBeLessThan(1e-5);
        expect(Math.abs(nats / one.nats - 1)).toBeLessThan(1e-5);
        expect(bitsPerDim).toBeCloseTo(nats / Math.LN2 / (12 * channels), 10);
      }
    });
  },
);

it("a part without pictures has no likelihood", async () => {
  const picture = { height: 4, width: 3, channels: 1, levels: 4 };
  const dataset = smallDataset({ picture });
  const evaluated = evaluate(
    randomWeights(smallNetwork("naive", { picture }), 1),
    dataset,
    { ...dataset.test, length: 0 },
    { preparation: { levels: 4, binarise: null } },
  );
  await expect(evaluated).rejects.toThrow(DataError);
  await expect(evaluated).rejects.toThrow("expected at least 1 picture to evaluate, got none");
});

describe("dynamic binarisation", () => {
  const picture = { height: 4, width: 3, channels: 1, levels: 2 };
  const grey: Dataset = smallDataset({ picture: { ...picture, levels: 256 }, test: 6 });
  const model = randomWeights(smallNetwork("gated", { picture }), 1);
  const preparation = { levels: 2, binarise: "dynamic" } as const;
  const nats = async (seed: number, batchSize: number) =>
    (await evaluate(model, grey, grey.test, { preparation, seed, batchSize })).nats;

  it("is drawn by seed and picture, however the batches are cut", async () => {
    const ofSeed = await nats(5, 6);
    expect(Math.abs((await nats(5, 1)) / ofSeed - 1)).toBeLessThan(1e-5);
    expect(Math.abs((await nats(5, 4)) / ofSeed - 1)).toBeLessThan(1e-5);
    expect(Math.abs((await nats(6, 6)) / ofSeed - 1)).toBeGreaterThan(1e-3);
  });
});

describe("during a training", () => {
  const picture = { height: 4, width: 4, channels: 1, levels: 4 };
  const preparation = { levels: 4, binarise: null };
  const network = smallNetwork("naive", { picture, channels: 3 });

  it("nats are those of the averaged weights and statistics: evaluating the checkpoint's model gives them again", async () => {
    const dataset = smallDataset({ picture });
    const events = await eventsOf(network, dataset, trainOptions(picture, { steps: 3 }));
    const { model, state } = only(events, "checkpoint").at(-1)!;
    const { test, validation } = only(events, "evaluation").at(-1)!;
    expect((await evaluate(model, dataset, dataset.test, { preparation })).nats).toBeCloseTo(test.nats, 6);
    expect(validation.images).toBe(3);

    const weights = new Map(model.weights);
    for (const parameter of ["mean", "variance"]) {
      const start = initialise(network, 1).weights.get(`layer1.batchNorm.${parameter}`)!;
      expect(model.weights.get(`layer1.batchNorm.${parameter}`)).not.toEqual(start);
      weights.set(`layer1.batchNorm.${parameter}`, start);
    }
    const otherStatistics = await evaluate({ network, weights }, dataset, dataset.test, { preparation });
    expect(Math.abs(otherStatistics.nats - test.nats)).toBeGreaterThan(1e-4);
    expect(state.averagedWeights).not.toEqual(state.weights);
  });

  it("progress is told batch by batch, and a signal ends it", async () => {
    const dataset = smallDataset({ picture, test: 5 });
    const model = initialise(network, 1);
    const told: [number, number][] = [];
    const onProgress = (done: number, total: number) => void told.push([done, total]);
    await evaluate(model, dataset, dataset.test, { preparation, batchSize: 2, onProgress });
    expect(told).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(evaluate(model, dataset, dataset.test, { preparation, signal })).rejects.toThrow("enough");
  });
});

it("a large network is evaluated a few pictures at a time, so that a signal is heard soon", async () => {
  const picture = { height: 28, width: 28, channels: 1, levels: 4 };
  const network = buildPreset("naive", { picture, channels: 64, layers: 8 });
  // Four pictures take more than two thousand million products.
  expect(countWeights(network) * 28 * 28).toBeGreaterThan(2 ** 29);
  const dataset = smallDataset({ picture, test: 8 });
  const controller = new AbortController();
  const told: number[] = [];
  const evaluation = evaluate(initialise(network, 1), dataset, dataset.test, {
    preparation: { levels: 4, binarise: null },
    signal: controller.signal,
    onProgress: (done) => {
      told.push(done);
      controller.abort();
    },
  });
  await expect(evaluation).rejects.toThrow("aborted");
  expect(told).toHaveLength(1);
  expect(told[0]).toBeLessThanOrEqual(4);
});
