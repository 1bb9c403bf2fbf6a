import { type Dataset, storedSplit } from "@pixelcnn/core/data";
import {
  DivergedError,
  type EngineStarter,
  initialise,
  type TrainingEngine,
  type TrainingEvent,
  type TrainOptions,
  train,
} from "@pixelcnn/core/training";
import type { Client } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adam, cases, networkOf, noiseBatch } from "../../core/test/support/small-trainings.ts";
import { XlaEngine } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";

// With batch norm's statistics in the state.
const network = networkOf(cases[0]!);
const { picture, classes } = network;
const dropout = (step: number) => ({ seed: 5, indices: [0, 1, 2, 3], step });

describe.skipIf(!pluginPath)("steps that are sent ahead", () => {
  let client: Client;
  beforeAll(async () => {
    client = await startClient();
  });
  afterAll(() => client.dispose());

  const ahead: EngineStarter = (model, options) => XlaEngine.start(client, model, options);
  /** The same engine, which is told to wait for every step before the next is sent. */
  const oneByOne: EngineStarter = async (model, options) => waiting(await ahead(model, options));

  async function eventsOf(options: TrainOptions): Promise<TrainingEvent[]> {
    const events: TrainingEvent[] = [];
    for await (const event of train(initialise(network, 3), dataset, options)) events.push(event);
    return events;
  }

  it("end with the same weights, bit for bit, as steps that are waited for; so does one that goes on", async () => {
    const options = { ...adam, length: { steps: 7 }, batchSize: 4, seed: 2, checkpointEvery: 3 } as const;
    const expected = statesOf(await eventsOf({ ...options, engine: oneByOne }));
    const states = statesOf(await eventsOf({ ...options, engine: ahead }));
    expect(states).toEqual(expected);
    // Epochs have two steps.
    expect(states.map(({ step }) => step)).toEqual([2, 3, 4, 6, 6, 7]);
    const resumed = await eventsOf({ ...options, engine: ahead, resume: states[1] });
    expect(statesOf(resumed).at(-1)).toEqual(states.at(-1));
    expect(client.liveBuffers).toBe(0);
  });

  it("change nothing behind one that is not finite, and all are told of that one", async () => {
    const engine = await XlaEngine.start(client, initialise(network, 3), adam);
    const send = (step: number, rate = 0.01) =>
      engine.train(noiseBatch(network, 4, step), rate, dropout(step));
    await send(1);
    await send(2, 1e38); // weights so large that the next loss is no number
    const before = await engine.vectors();
    const told = await Promise.allSettled([send(3), send(4), send(5)]);
    for (const result of told) {
      expect(result).toMatchObject({ status: "rejected", reason: { name: "DivergedError", step: 3 } });
    }
    expect(engine.step).toBe(2);
    expect(await engine.vectors()).toEqual(before);
    // `ok` is gone for good: a step whose own numbers are sound changes nothing either.
    await expect(send(3)).rejects.toThrow(DivergedError);
    expect(await engine.vectors()).toEqual(before);

    const sound = { ...before, weights: before.averagedWeights.map(() => 0.01) };
    await engine.restore(7, sound);
    const results = await Promise.all([send(8), send(9)]);
    expect(results.every(({ nats }) => Number.isFinite(nats))).toBe(true);
    expect(engine.step).toBe(9);
    await engine.dispose();
    expect(client.liveBuffers).toBe(0);
  });

  it("leave nothing behind when the engine ends before they are read", async () => {
    const engine = await XlaEngine.start(client, initialise(network, 3), adam);
    const results = [1, 2].map((step) => engine.train(noiseBatch(network, 4, step), 0.01, dropout(step)));
    await engine.dispose();
    expect(client.liveBuffers).toBe(0);
    expect(client.liveExecutables).toBe(0);
    expect(await Promise.all(results)).toHaveLength(2);
  });
});

/** Eight pictures to learn from, of noise. */
const dataset: Dataset = {
  name: "noise",
  ...picture,
  classes,
  train: splitOf(8, 1),
  validation: splitOf(2, 2),
  test: splitOf(2, 3),
};

function splitOf(length: number, seed: number) {
  const { levels, labels } = noiseBatch(network, length, seed);
  return storedSplit(levels, levels.length / length, Uint8Array.from(labels));
}

function statesOf(events: readonly TrainingEvent[]) {
  return events.flatMap((event) => (event.type === "checkpoint" ? [{ ...event.state, elapsedMs: 0 }] : []));
}

function waiting(engine: TrainingEngine): TrainingEngine {
  return {
    queueLength: 1,
    get step() {
      return engine.step;
    },
    train: (...step) => engine.train(...step),
    nats: (batch) => engine.nats(batch),
    vectors: () => engine.vectors(),
    restore: (...state) => engine.restore(...state),
    dispose: () => engine.dispose(),
  };
}
