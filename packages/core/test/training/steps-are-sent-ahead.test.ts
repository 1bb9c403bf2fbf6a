import { beforeAll, describe, expect, it } from "vitest";
import {
  DivergedError,
  initialise,
  type TrainingEvent,
  type TrainOptions,
  train,
} from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { type Log, lateEngine } from "./support/late-engine.ts";
import { eventsOf, only, smallDataset, smallNetwork, trainOptions } from "./support/small-training.ts";

beforeAll(() => useBackend("wasm"));

const picture = { height: 4, width: 4, channels: 1, levels: 2 };
const network = smallNetwork("gated", { picture, classes: 2, dropout: 0.3 });
/** Ten grey pictures made binary anew every epoch, four a step: epochs of three steps, the last one short. */
const dataset = {
  ...smallDataset({ picture: { ...picture, levels: 256 }, classes: 2 }),
  levels: 256,
};
const optionsOf = (changes: Partial<TrainOptions>): TrainOptions =>
  trainOptions(
    picture,
    { steps: 8 },
    {
      preparation: { levels: 2, binarise: "dynamic" },
      ...changes,
    },
  );

/** Everything but times. */
function withoutTimes(events: readonly TrainingEvent[]) {
  return events.map((event) => {
    const timeless = { ...event, imagesPerSecond: 0, elapsedMs: 0 };
    return event.type === "checkpoint" ? { ...timeless, state: { ...event.state, elapsedMs: 0 } } : timeless;
  });
}

/** Trains with an engine that is sent so many steps ahead, and hears of every event. */
async function listen(options: TrainOptions, hear: (event: TrainingEvent) => void): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of train(initialise(network, 1), dataset, options)) {
    events.push(event);
    hear(event);
  }
  return events;
}

describe.each([2, 3])("with %i steps under way", (queueLength) => {
  it.each([0, 1, 2])("tells the same, bit for bit, with checkpoints every %i steps", async (every) => {
    const options = optionsOf({ checkpointEvery: every, sampleCount: 2 });
    const expected = await eventsOf(network, dataset, options);
    const events = await eventsOf(network, dataset, { ...options, engine: lateEngine(queueLength) });
    expect(withoutTimes(events)).toEqual(withoutTimes(expected));
  });

  it("goes on from every checkpoint to the same bits", async () => {
    const options = optionsOf({ checkpointEvery: 2, engine: lateEngine(queueLength) });
    const whole = await eventsOf(network, dataset, options);
    const end = withoutTimes(only(whole, "checkpoint").slice(-1));
    for (const { state, step } of only(whole, "checkpoint")) {
      const resumed = await eventsOf(network, dataset, { ...options, resume: state });
      expect(withoutTimes(only(resumed, "checkpoint").slice(-1)), `from step ${step}`).toEqual(end);
    }
  });

  it("ends for its signal behind the steps that were sent, to go on with the same bits", async () => {
    const options = optionsOf({ engine: lateEngine(queueLength) });
    const whole = await eventsOf(network, dataset, options);
    const controller = new AbortController();
    const events = await listen({ ...options, signal: controller.signal }, (event) => {
      if (event.type === "step" && event.step === 4) controller.abort();
    });
    // The second epoch has three steps: at most 5 and 6 were under way.
    expect(events.at(-1)).toMatchObject({
      type: "done",
      step: Math.min(6, 3 + queueLength),
      interrupted: true,
    });
    const [stopped] = only(events, "checkpoint").slice(-1);
    expect(stopped!.step).toBe(only(events, "step").at(-1)!.step);
    const resumed = await eventsOf(network, dataset, { ...options, resume: stopped!.state });
    expect(withoutTimes(only(resumed, "checkpoint").slice(-1))).toEqual(
      withoutTimes(only(whole, "checkpoint").slice(-1)),
    );
  });
});

it("the next step is on its way before this one is told, and none at a checkpoint, an evaluation and the end", async () => {
  const log: Log = [];
  const engine = lateEngine(2, log);
  let wished = false;
  const options = optionsOf({
    engine,
    wantsCheckpoint: () => {
      const wish = log.includes("told 4") && !wished;
      wished ||= wish;
      return wish;
    },
  });
  const events = await listen(options, ({ type, step }) => {
    log.push(type === "step" ? `told ${step}` : type);
  });
  const order = log.filter((entry) => !entry.startsWith("done "));
  expect(order).toEqual([
    ...["sent 1", "sent 2", "told 1", "sent 3", "told 2", "told 3", "checkpoint", "evaluation"],
    // What is wished for when step 4 is told comes behind step 5, which is on its way by then.
    ...["sent 4", "sent 5", "told 4", "told 5", "checkpoint", "sent 6", "told 6", "checkpoint", "evaluation"],
    ...["sent 7", "sent 8", "told 7", "told 8", "checkpoint", "evaluation"],
    ...["done", "disposed"],
  ]);
  expect(only(events, "step").map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

describe("a step that fails", () => {
  const failing = (error: Error, log: Log = []) =>
    optionsOf({ engine: lateEngine(2, log, { step: 5, error }) });

  it("is told as the one that it was, and none behind it", async () => {
    const log: Log = [];
    const events: TrainingEvent[] = [];
    const error = new DivergedError(5, Number.NaN);
    await expect(listen(failing(error, log), (event) => events.push(event))).rejects.toBe(error);
    expect(only(events, "step").map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(log.filter((entry) => !entry.startsWith("done ")).slice(-2)).toEqual(["sent 6", "disposed"]);
  });

  it("for another reason than its numbers leaves a checkpoint of the step before", async () => {
    const events: TrainingEvent[] = [];
    const options = failing(new Error("the machine is gone"));
    await expect(listen(options, (event) => events.push(event))).rejects.toThrow("the machine is gone");
    const expected = optionsOf({ checkpointEvery: 4 });
    const [saved] = only(await eventsOf(network, dataset, expected), "checkpoint").filter(
      ({ step }) => step === 4,
    );
    expect(withoutTimes(events.slice(-1))).toEqual(withoutTimes([saved!]));
  });

  it("and is the first leaves nothing: nothing was learned", async () => {
    const events: TrainingEvent[] = [];
    const error = new Error("no room for it");
    const options = optionsOf({ engine: lateEngine(2, [], { step: 1, error }) });
    await expect(listen(options, (event) => events.push(event))).rejects.toBe(error);
    expect(events).toEqual([]);
  });
});

it("a listener that has heard enough leaves no step under way", async () => {
  const log: Log = [];
  for await (const { type } of train(
    initialise(network, 1),
    dataset,
    optionsOf({ engine: lateEngine(3, log) }),
  ))
    if (type === "step") break;
  expect(log.filter((entry) => entry.startsWith("done "))).toEqual(["done 1", "done 2", "done 3"]);
  expect(log.at(-1)).toBe("disposed");
});
