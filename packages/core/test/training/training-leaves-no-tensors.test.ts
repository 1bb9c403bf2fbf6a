import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { initialise, train } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import { eventsOf, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

const picture = { height: 4, width: 4, channels: 3, levels: 4 };
const dataset = smallDataset({ picture, classes: 2, train: 20 });

describe.each(modelNames)("%s with dropout and classes", (name) => {
  const network = smallNetwork(name, { picture, classes: 2, dropout: 0.3 });

  it("30 steps and three sheets: the same number of tensors at every event, and none at the end", async () => {
    await useBackend("wasm");
    const before = memory();
    const options = trainOptions(
      picture,
      { epochs: 3 },
      { batchSize: 2, sampleCount: 3, checkpointEvery: 7 },
    );
    const told: Record<string, number> = {};
    const counts = new Set<string>();
    for await (const { type } of train(initialise(network, 1), dataset, options)) {
      told[type] = (told[type] ?? 0) + 1;
      const { numTensors, numDataBuffers, numBytes } = memory();
      counts.add(`${numTensors} tensors, ${numDataBuffers} buffers, ${numBytes} bytes`);
    }
    expect(told).toEqual({ step: 30, checkpoint: 4 + 3, evaluation: 3, samples: 3, done: 1 });
    expect([...counts]).toHaveLength(1);
    expect(memory()).toMatchObject({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numBytes: before.numBytes,
    });
  });

  it.each(["step", "checkpoint", "evaluation", "samples"] as const)(
    "a listener that leaves at the first %s leaves nothing",
    async (last) => {
      await useBackend("wasm");
      const before = memory().numTensors;
      const options = trainOptions(picture, { epochs: 2 }, { batchSize: 10, sampleCount: 1 });
      for await (const { type } of train(initialise(network, 1), dataset, options)) {
        expect(memory().numTensors).toBeGreaterThan(before);
        if (type === last) break;
      }
      expect(memory().numTensors).toBe(before);
    },
  );
});

it("on the cpu backend as well", async () => {
  await useBackend("cpu");
  const before = memory().numTensors;
  const small = smallDataset({ picture: { ...picture, height: 3, width: 3 }, train: 8 });
  const network = smallNetwork("naive", { picture: { ...picture, height: 3, width: 3 }, channels: 3 });
  await eventsOf(network, small, trainOptions(picture, { epochs: 1 }, { sampleCount: 1 }));
  expect(memory().numTensors).toBe(before);
});

it("a data set that does not fit is refused before a tensor is made", async () => {
  await useBackend("wasm");
  const before = memory().numTensors;
  const network = smallNetwork("gated", { picture: { ...picture, channels: 1 } });
  await expect(eventsOf(network, dataset, trainOptions(picture, { epochs: 1 }))).rejects.toThrow(
    "the model takes 4×4 pictures of 1 channel(s), but small has 4×4 of 3",
  );
  const conditional = smallNetwork("gated", { picture, classes: 5 });
  await expect(eventsOf(conditional, dataset, trainOptions(picture, { epochs: 1 }))).rejects.toThrow(
    "the model has 5 classes, but small has 2",
  );
  expect(memory().numTensors).toBe(before);
});
