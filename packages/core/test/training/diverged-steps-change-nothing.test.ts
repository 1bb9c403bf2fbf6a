import { memory, tensor1d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import {
  DivergedError,
  type GradientComputer,
  initialise,
  Trainer,
  train,
} from "../../src/training/index.ts";
import { backends, useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import {
  eventsOf,
  noDropout,
  only,
  randomBatch,
  smallDataset,
  smallNetwork,
  trainerOptions,
  trainOptions,
} from "./support/small-training.ts";

const picture = { height: 4, width: 4, channels: 1, levels: 4 };

describe.each(backends)("%s", (backend) => {
  it.each(modelNames)(
    "%s: a loss that is no number is refused, and every vector is as before",
    async (name) => {
      await useBackend(backend);
      const network = smallNetwork(name, { picture });
      const trainer = new Trainer(initialise(network, 1), trainerOptions);
      for (let step = 1; step <= 3; step++) await trainer.train(randomBatch(picture, 4), 0.01, noDropout);
      const vectors = await trainer.vectors();
      // Finite weights whose products are not.
      const absurd = { ...vectors, weights: vectors.weights.map((weight) => weight * 1e38) };
      await trainer.restore(3, absurd);
      const before = memory().numTensors;
      const failure = await trainer.train(randomBatch(picture, 4), 0.01, noDropout).catch((error) => error);
      expect(failure).toBeInstanceOf(DivergedError);
      expect(failure).toMatchObject({ step: 4 });
      expect(failure.message).toMatch(/^expected a finite loss at step 4, got (NaN|Infinity|[\d.]+); lower/);
      expect(memory().numTensors).toBe(before);
      expect(trainer.step).toBe(3);
      expect(await trainer.vectors()).toEqual(absurd);

      await trainer.restore(3, vectors);
      const { nats } = await trainer.train(randomBatch(picture, 4), 0.01, noDropout);
      expect(nats).toBeGreaterThan(0);
      await trainer.dispose();
    },
  );
});

it("train() throws it on, and leaves no tensor", async () => {
  await useBackend("wasm");
  const network = smallNetwork("gated", { picture });
  const dataset = smallDataset({ picture });
  const { state } = only(
    await eventsOf(network, dataset, trainOptions(picture, { steps: 2 })),
    "checkpoint",
  ).at(-1)!;
  const before = memory().numTensors;
  const resume = { ...state, weights: state.weights.map((weight) => weight * 1e38) };
  const events = train(initialise(network, 1), dataset, trainOptions(picture, { steps: 9 }, { resume }));
  await expect(async () => {
    for await (const event of events) expect(event.type).not.toBe("evaluation");
  }).rejects.toThrow(DivergedError);
  expect(memory().numTensors).toBe(before);
});

describe("gradients from elsewhere", () => {
  it.each([
    ["a loss that is no number, with a sound gradient", Number.NaN, 0.5],
    ["an infinite loss, with a sound gradient", Number.POSITIVE_INFINITY, 0.5],
    ["a sound loss, with an infinite gradient", 40, Number.POSITIVE_INFINITY],
    ["a sound loss, with a gradient that is no number", 40, Number.NaN],
  ])("%s: refused", async (_, nats, slope) => {
    await useBackend("cpu");
    const network = smallNetwork("gated", { picture });
    const gradients: GradientComputer = {
      compute: async ({ weights }) => ({
        gradient: tensor1d(new Float32Array(weights.size).fill(slope)),
        statistics: null,
        nats,
      }),
      dispose() {},
    };
    const trainer = new Trainer(initialise(network, 1), { ...trainerOptions, gradients });
    const before = await trainer.vectors();
    await expect(trainer.train(randomBatch(picture, 4), 0.01, noDropout)).rejects.toThrow(DivergedError);
    expect(await trainer.vectors()).toEqual(before);
    await trainer.dispose();
  });
});
