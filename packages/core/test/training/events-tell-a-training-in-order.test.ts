import { beforeAll, describe, expect, it } from "vitest";
import type { Dataset, Split } from "../../src/data/index.ts";
import { learningRateAt, type TrainingEvent } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { eventsOf, only, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

beforeAll(() => useBackend("wasm"));

const picture = { height: 4, width: 4, channels: 1, levels: 4 };
const network = smallNetwork("gated", { picture });
/** Ten training pictures; four a step make epochs of three steps, the last one of two pictures. */
const dataset = smallDataset({ picture });

const told = (events: readonly TrainingEvent[]) => events.map(({ type, epoch }) => `${type} ${epoch}`);

describe("the order", () => {
  it("two epochs: steps, checkpoint, evaluation, samples; done at the end", async () => {
    const options = trainOptions(picture, { epochs: 2 }, { sampleCount: 2 });
    const events = await eventsOf(network, dataset, options);
    expect(told(events)).toEqual([
      ...["step 1", "step 1", "step 1", "checkpoint 1", "evaluation 1", "samples 1"],
      ...["step 2", "step 2", "step 2", "checkpoint 2", "evaluation 2", "samples 2"],
      "done 2",
    ]);
    expect(only(events, "step").map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(only(events, "done")).toMatchObject([{ step: 6, interrupted: false }]);
  });

  it("checkpoints between, no samples when none are wanted", async () => {
    const options = trainOptions(picture, { steps: 5 }, { checkpointEvery: 2 });
    expect(told(await eventsOf(network, dataset, options))).toEqual([
      ...["step 1", "step 1", "checkpoint 1", "step 1", "checkpoint 1", "evaluation 1"],
      ...["step 2", "checkpoint 2", "step 2", "checkpoint 2", "evaluation 2"],
      "done 2",
    ]);
  });

  it("a run shorter than an epoch has one row, the last one", async () => {
    const events = await eventsOf(network, dataset, trainOptions(picture, { steps: 2 }));
    expect(told(events)).toEqual(["step 1", "step 1", "checkpoint 1", "evaluation 1", "done 1"]);
    expect(only(events, "evaluation")).toMatchObject([{ step: 2, final: true, test: { images: 6 } }]);
  });

  it("steps that end with an epoch end the run: no empty epoch behind it", async () => {
    const events = await eventsOf(network, dataset, trainOptions(picture, { steps: 3 }));
    expect(told(events)).toEqual(["step 1", "step 1", "step 1", "checkpoint 1", "evaluation 1", "done 1"]);
    expect(only(events, "evaluation")).toMatchObject([{ final: true }]);
  });
});

describe("the figures", () => {
  it("train nats are the mean over the epoch's pictures, a short last batch counting less", async () => {
    const events = await eventsOf(network, dataset, trainOptions(picture, { steps: 4 }));
    const nats = only(events, "step").map((event) => event.nats);
    const [first, second] = only(events, "evaluation");
    expect(first!.trainNats).toBeCloseTo((4 * nats[0]! + 4 * nats[1]! + 2 * nats[2]!) / 10, 10);
    expect(second!.trainNats).toBe(nats[3]);
  });

  it("only the last row takes finalTestLimit pictures; validation always has its own limit", async () => {
    const options = trainOptions(
      picture,
      { epochs: 3 },
      { testLimit: 2, finalTestLimit: 5, validationLimit: 3 },
    );
    const rows = only(await eventsOf(network, dataset, options), "evaluation");
    expect(rows.map(({ test, validation, final }) => [test.images, validation.images, final])).toEqual([
      [2, 3, false],
      [2, 3, false],
      [5, 3, true],
    ]);
  });

  it("the learning rate and the progress are those of the schedule", async () => {
    const options = trainOptions(picture, { epochs: 2 }, { warmupSteps: 3, learningRate: 0.02 });
    const steps = only(await eventsOf(network, dataset, options), "step");
    steps.forEach(({ step, progress, learningRate }, i) => {
      expect(progress).toBeCloseTo(step / 6, 12);
      expect(learningRate).toBeCloseTo(learningRateAt(0.02, step, 3, i / 6), 14);
    });
  });

  it("training makes the loss smaller, and imagesPerSecond is a speed", async () => {
    const options = trainOptions(picture, { epochs: 15 }, { learningRate: 0.03 });
    const events = await eventsOf(network, dataset, options);
    const rows = only(events, "evaluation");
    expect(rows.at(-1)!.trainNats).toBeLessThan(0.9 * rows[0]!.trainNats);
    for (const { imagesPerSecond } of [...rows, ...only(events, "step")])
      expect(imagesPerSecond).toBeGreaterThan(0);
  });

  it("samples are those of the averaged weights, the classes in turn, with the same noise every time", async () => {
    const conditional = smallNetwork("gated", { picture, classes: 2 });
    const labelled = smallDataset({ picture, classes: 2 });
    const options = trainOptions(picture, { epochs: 2 }, { sampleCount: 5, seed: 3 });
    const events = await eventsOf(conditional, labelled, options);
    const checkpoints = only(events, "checkpoint");
    const sheets = only(events, "samples");
    expect(sheets).toHaveLength(2);
    for (const [i, { pixels, count }] of sheets.entries()) {
      const { model } = checkpoints[i]!;
      const drawn = await drawPictures(model, { count: 5, seed: 3, classLabel: [0, 1, 0, 1, 0] });
      expect(count).toBe(5);
      expect(pixels).toEqual(drawn.levels);
    }
  });
});

describe("the pictures that are read", () => {
  /** Counts what is read of each part. */
  function watched(fresh: boolean) {
    const reads: Record<string, number[]> = { train: [], validation: [], test: [] };
    const watch = (name: keyof typeof reads, split: Split, first = 0): Split => ({
      ...split,
      read(index, target, offset) {
        reads[name]!.push(first + index);
        return split.read(index, target, offset);
      },
    });
    const base = watch("train", dataset.train);
    const atEpoch = (epoch: number) => watch("train", dataset.train, 100 * epoch);
    const set: Dataset = {
      ...dataset,
      train: fresh ? { ...base, atEpoch } : base,
      validation: watch("validation", dataset.validation),
      test: watch("test", dataset.test),
    };
    return { set, reads };
  }

  it("every epoch reads every training picture once, each in an order of its own", async () => {
    const { set, reads } = watched(false);
    await eventsOf(network, set, trainOptions(picture, { epochs: 2 }));
    const epochs = [reads.train!.slice(0, 10), reads.train!.slice(10)];
    for (const epoch of epochs) expect([...epoch].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(reads.validation).toEqual([0, 1, 2, 0, 1, 2]); // ⌊i·4/3⌋
    expect(reads.test).toEqual([0, 3, 0, 1, 2, 3, 4, 5]);
  });

  it("a limit takes as many training pictures, evenly spaced", async () => {
    const { set, reads } = watched(false);
    const options = trainOptions(picture, { epochs: 2 }, { trainLimit: 3 });
    const events = await eventsOf(network, set, options);
    expect(only(events, "step")).toHaveLength(2);
    expect([...new Set(reads.train)].sort()).toEqual([0, 3, 6]);
    expect(reads.train).toHaveLength(6);
  });

  it("a set that draws fresh pictures is asked for every epoch's", async () => {
    const { set, reads } = watched(true);
    await eventsOf(network, set, trainOptions(picture, { epochs: 2 }, { trainLimit: 2 }));
    expect([...reads.train!.slice(0, 2)].sort()).toEqual([100, 105]);
    expect([...reads.train!.slice(2)].sort()).toEqual([200, 205]);
  });
});

describe("a training by the clock", () => {
  it("ends about on time, with the learning rate down at its floor", async () => {
    const options = trainOptions(
      picture,
      { minutes: 0.02 },
      { learningRate: 1, clipNorm: 0.001, sampleCount: 1 },
    );
    const long = { ...dataset, train: smallDataset({ picture, train: 100_000 }).train };
    const events = await eventsOf(network, long, options);
    const { elapsedMs } = only(events, "done")[0]!;
    expect(elapsedMs).toBeGreaterThan(1100);
    expect(elapsedMs).toBeLessThan(4000);
    const steps = only(events, "step");
    expect(steps.at(-1)!.learningRate).toBeLessThan(0.1);
    expect(steps.at(-1)!.progress).toBe(1);
    expect(only(events, "evaluation")).toMatchObject([{ final: true, test: { images: 6 } }]);
  });

  it("makes as many epochs as there is time for, and tells only the last row as final", async () => {
    const events = await eventsOf(network, dataset, trainOptions(picture, { minutes: 0.01 }));
    const rows = only(events, "evaluation");
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ final }) => final)).toEqual([rows.at(-1)]);
    expect(rows.every(({ trainNats }) => Number.isFinite(trainNats))).toBe(true);
  });
});
