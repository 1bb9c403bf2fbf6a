import { createHash } from "node:crypto";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { DataError, glyphsDataset } from "../../src/data/index.ts";
import { ShapeError } from "../../src/index.ts";
import {
  type GradientComputer,
  initialise,
  LocalGradients,
  onTensorflow,
  type TrainingEvent,
  type TrainingState,
  type TrainOptions,
  train,
} from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { modelNames } from "../support/small-models.ts";
import { eventsOf, only, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

beforeAll(() => useBackend("wasm"));

const picture = { height: 4, width: 4, channels: 1, levels: 2 };
/** Ten grey pictures made binary anew every epoch, four a step: epochs of three steps, the last one short. */
const dataset = {
  ...smallDataset({ picture: { ...picture, levels: 256 }, classes: 2 }),
  levels: 256,
};
const changes = { preparation: { levels: 2, binarise: "dynamic" }, sampleCount: 2 } as const;

/** Counters as they are but for the time, vectors as a digest of their bits. */
function digest(state: TrainingState | undefined) {
  return Object.fromEntries(
    Object.entries({ ...state!, elapsedMs: 0 }).map(([name, value]) => [
      name,
      typeof value === "number" ? value : createHash("sha256").update(value).digest("hex"),
    ]),
  );
}

/** What must be the same; speed is not. */
function outcomes(events: readonly TrainingEvent[]) {
  return events
    .filter(({ type }) => type !== "done" && type !== "checkpoint")
    .map((event) => ({ ...event, imagesPerSecond: 0 }));
}

describe.each(modelNames)("%s with dropout, classes and dynamic binarisation", (name) => {
  const network = smallNetwork(name, { picture, classes: 2, dropout: 0.3 });

  it("goes on from any step, between epochs and within them, to the same bits", async () => {
    const options = trainOptions(picture, { steps: 8 }, { ...changes, checkpointEvery: 1 });
    const whole = await eventsOf(network, dataset, options);
    const end = digest(only(whole, "checkpoint").at(-1)?.state);
    const checkpoints = only(whole, "checkpoint").filter(({ step }) => step < 8);
    expect(checkpoints.map(({ step }) => step)).toEqual([1, 2, 3, 3, 4, 5, 6, 6, 7]);
    for (const { step, state } of checkpoints) {
      const events = await eventsOf(network, dataset, { ...options, resume: state });
      expect(digest(only(events, "checkpoint").at(-1)?.state)).toEqual(end);
      // A step's checkpoint stands behind it; what followed the step is told again.
      const index = whole.findLastIndex((event) => event.type === "step" && event.step === step);
      expect(outcomes(events)).toEqual(outcomes(whole.slice(index + 1)));
    }
  });
});

it("goes on by Muon and with flips to the same bits, and either changes what is learned", async () => {
  const network = smallNetwork("gated", { picture });
  const plain = smallDataset({ picture });
  const endOf = async (more: Partial<TrainOptions>) =>
    only(await eventsOf(network, plain, trainOptions(picture, { steps: 5 }, more)), "checkpoint").at(-1)!
      .state;
  const rule = { optimiser: "muon", flips: true, checkpointEvery: 2 } as const;
  const whole = only(await eventsOf(network, plain, trainOptions(picture, { steps: 5 }, rule)), "checkpoint");
  const end = digest(whole.at(-1)!.state);
  expect(whole.map(({ step }) => step)).toEqual([2, 3, 4, 5]);
  for (const { state } of whole.slice(0, 3)) {
    expect(digest(await endOf({ ...rule, resume: state }))).toEqual(end);
  }
  for (const other of [{ flips: false }, { optimiser: "adam" }] as const) {
    expect(digest(await endOf({ ...rule, ...other })).weights).not.toBe(end.weights);
  }
});

it("the first weights do not matter to a training that goes on", async () => {
  const network = smallNetwork("gated", { picture });
  const plain = smallDataset({ picture });
  const options = trainOptions(picture, { steps: 5 }, { checkpointEvery: 1 });
  const checkpoints = only(await eventsOf(network, plain, options), "checkpoint");
  const states = [];
  for await (const event of train(initialise(network, 99), plain, {
    ...options,
    resume: checkpoints[1]!.state,
  }))
    if (event.type === "checkpoint") states.push(event.state);
  expect(digest(states.at(-1))).toEqual(digest(checkpoints.at(-1)?.state));
});

describe("a training that its signal ended", () => {
  const network = smallNetwork("gated", { picture: { ...picture, height: 6, width: 6, levels: 4 } });
  const glyphs = glyphsDataset({ height: 6, width: 6, channels: 1, trainLength: 10 });
  const options = trainOptions(
    network.picture,
    { steps: 8 },
    { preparation: { levels: 4, binarise: null }, sampleCount: 1, finalTestLimit: 4, validationLimit: 2 },
  );

  it.each([
    ["within an epoch", "step", 4],
    ["at the last step of an epoch", "step", 3],
    ["at the evaluation after an epoch", "evaluation", 3],
    ["at the samples after an epoch", "samples", 3],
  ] as const)("%s goes on to the same bits as one that ran through", async (_, type, step) => {
    const whole = only(await eventsOf(network, glyphs, options), "checkpoint").at(-1)!;
    const controller = new AbortController();
    const events: TrainingEvent[] = [];
    const interrupted = train(initialise(network, 1), glyphs, { ...options, signal: controller.signal });
    for await (const event of interrupted) {
      events.push(event);
      if (event.type === type && event.step === step) controller.abort();
    }
    expect(events.at(-1)).toMatchObject({ type: "done", step, interrupted: true });
    const { state } = only(events, "checkpoint").at(-1)!;
    const resumed = await eventsOf(network, glyphs, { ...options, resume: state });
    expect(digest(only(resumed, "checkpoint").at(-1)?.state)).toEqual(digest(whole.state));
    expect(only(resumed, "done")).toMatchObject([{ step: 8, epoch: 3, interrupted: false }]);
  });

  it("within the evaluation leaves it out, and makes up for it", async () => {
    const whole = await eventsOf(network, glyphs, options);
    const controller = new AbortController();
    const before = memory().numTensors;
    const onEvaluation = () => controller.abort();
    const events = await eventsOf(network, glyphs, { ...options, signal: controller.signal, onEvaluation });
    expect(memory().numTensors).toBe(before);
    expect(events.map(({ type }) => type)).toEqual(["step", "step", "step", "checkpoint", "done"]);
    const resumed = await eventsOf(network, glyphs, {
      ...options,
      resume: only(events, "checkpoint")[0]!.state,
    });
    expect(only(resumed, "evaluation").map(({ test }) => test)).toEqual(
      only(whole, "evaluation").map(({ test }) => test),
    );
  });

  it("before its first step can be started again from its checkpoint", async () => {
    const signal = AbortSignal.abort();
    const events = await eventsOf(network, glyphs, { ...options, signal });
    expect(events.map((event) => event.type)).toEqual(["checkpoint", "done"]);
    const { state } = only(events, "checkpoint")[0]!;
    const resumed = await eventsOf(network, glyphs, { ...options, resume: state });
    const whole = await eventsOf(network, glyphs, options);
    expect(digest(only(resumed, "checkpoint").at(-1)?.state)).toEqual(
      digest(only(whole, "checkpoint").at(-1)?.state),
    );
  });
});

describe("checkpoints between", () => {
  const network = smallNetwork("gated", { picture });
  const plain = smallDataset({ picture });
  const steps = (events: readonly TrainingEvent[]) => only(events, "checkpoint").map(({ step }) => step);

  it("come when they are wanted, and change nothing", async () => {
    const options = trainOptions(picture, { steps: 8 });
    let asked = 0;
    const wantsCheckpoint = () => ++asked === 2 || asked === 7;
    const events = await eventsOf(network, plain, { ...options, wantsCheckpoint });
    const whole = await eventsOf(network, plain, options);
    expect(steps(events)).toEqual([2, 3, 6, 7, 8]);
    expect(steps(whole)).toEqual([3, 6, 8]);
    expect(digest(only(events, "checkpoint").at(-1)?.state)).toEqual(
      digest(only(whole, "checkpoint").at(-1)?.state),
    );
  });

  it("come by the clock: the first after a minute at the latest, then as often as was asked for", async () => {
    let now = 1_000_000; // whole, so that sums of it are exact
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    try {
      const events: TrainingEvent[] = [];
      const options = trainOptions(picture, { steps: 30 }, { checkpointMinutes: 5 });
      const long = smallDataset({ picture, train: 400 });
      for await (const event of train(initialise(network, 1), long, options)) {
        events.push(event);
        if (event.type === "step") now += 25_000;
      }
      // A step takes 25 seconds here: 75 seconds are more than a minute, 300 are five. The last one is the end's.
      expect(steps(events)).toEqual([3, 15, 27, 30]);
    } finally {
      clock.mockRestore();
    }
  });
});

describe("gradients that fail", () => {
  const network = smallNetwork("gated", { picture });
  const plain = smallDataset({ picture });

  /** Computes as many gradients, then fails. */
  function failing(after: number) {
    const local = new LocalGradients(network);
    let disposed = 0;
    const gradients = async (): Promise<GradientComputer> => ({
      compute: async (request) => {
        if (after-- === 0) throw new Error("the machine is gone");
        return local.compute(request);
      },
      dispose: () => {
        disposed += 1;
        local.dispose();
      },
    });
    return { gradients, disposed: () => disposed };
  }

  it("end the training behind a checkpoint of what was learned, and nothing is lost", async () => {
    const options = trainOptions(picture, { steps: 8 });
    const { gradients, disposed } = failing(4);
    const events: TrainingEvent[] = [];
    await expect(async () => {
      const training = train(initialise(network, 1), plain, { ...options, engine: onTensorflow(gradients) });
      for await (const event of training) events.push(event);
    }).rejects.toThrow("the machine is gone");
    expect(disposed()).toBe(1);
    const last = only(events, "checkpoint").at(-1)!;
    expect([last.step, events.at(-1)]).toEqual([4, last]);
    const resumed = await eventsOf(network, plain, { ...options, resume: last.state });
    const whole = await eventsOf(network, plain, options);
    expect(digest(only(resumed, "checkpoint").at(-1)?.state)).toEqual(
      digest(only(whole, "checkpoint").at(-1)?.state),
    );
  });

  it("are not even started for a set, or a state, that does not fit", async () => {
    const gradients = vi.fn(failing(0).gradients);
    const options = trainOptions(picture, { steps: 8 }, { engine: onTensorflow(gradients) });
    const other = smallDataset({ picture: { ...picture, width: 5 } });
    await expect(eventsOf(network, other, options)).rejects.toThrow(DataError);
    const state = only(await eventsOf(network, plain, trainOptions(picture, { steps: 1 })), "checkpoint")[0]!
      .state;
    const resume = { ...state, firstMoment: state.firstMoment.slice(1) };
    await expect(eventsOf(network, plain, { ...options, resume })).rejects.toThrow(ShapeError);
    expect(gradients).not.toHaveBeenCalled();
  });
});

it("a training by the clock remembers the time that it had", async () => {
  const network = smallNetwork("gated", { picture });
  const plain = smallDataset({ picture });
  const checkpoint = only(
    await eventsOf(network, plain, trainOptions(picture, { steps: 2 })),
    "checkpoint",
  ).at(-1)!;
  const resume = { ...checkpoint.state, elapsedMs: 59_999 };
  const events = await eventsOf(network, plain, trainOptions(picture, { minutes: 1 }, { resume }));
  expect(events.at(-1)).toMatchObject({ type: "done" });
  expect(only(events, "done")[0]!.elapsedMs).toBeGreaterThan(59_999);
  expect(only(events, "evaluation")).toMatchObject([{ final: true }]);
  for (const { learningRate } of only(events, "step")) expect(learningRate).toBeLessThan(0.001);
});
