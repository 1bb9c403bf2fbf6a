import { buildPreset } from "@pixelcnn/core";
import { glyphsDataset, preparationFor } from "@pixelcnn/core/data";
import { type EngineStarter, FlatLayout, initialise, type TrainOptions } from "@pixelcnn/core/training";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { dryRun } from "../../src/training/dry-run.ts";
import { noHistory } from "../../src/training/history.ts";

const dataset = glyphsDataset({ height: 8, width: 8, channels: 1 });
const picture = { height: 8, width: 8, channels: 1, levels: 4 };
const start = initialise(buildPreset("gated", { picture, classes: 10, channels: 4, layers: 1 }), 0);
const plan = { dataset, preparation: preparationFor(dataset, 4), start, history: noHistory };

/** Time passes only while something is computed. */
let nowMs = 0;
beforeEach(() => void vi.spyOn(performance, "now").mockImplementation(() => nowMs));
afterEach(() => void vi.restoreAllMocks());

/** Takes 2 ms a picture, 5 s more for every size of a batch that is new to it, and 1 s for every evaluation. */
const engine: EngineStarter = async (model) => {
  const layout = new FlatLayout(model.network);
  const [weights, statistics] = [layout.flattenWeights(model), layout.flattenStatistics(model)];
  const sizes = new Set<number>();
  return {
    step: 0,
    queueLength: 1,
    async train({ labels }) {
      nowMs += 2 * labels.length + (sizes.has(labels.length) ? 0 : 5000);
      sizes.add(labels.length);
      return { nats: 1, gradientNorm: 1 };
    },
    async nats({ labels }) {
      nowMs += 1000;
      return new Float32Array(labels.length);
    },
    async vectors() {
      return {
        ...{ weights, statistics, averagedWeights: weights, averagedStatistics: statistics },
        ...{ firstMoment: weights, secondMoment: weights },
      };
    },
    async restore() {},
    async dispose() {},
  };
};

const speedOf = async (train: TrainOptions) =>
  (await dryRun(plan, { train: { batchSize: 16, engine, ...train }, keep: 3 })).imagesPerSecond;

it.each<[name: string, speed: number, train: TrainOptions]>([
  ["epochs of many steps", 500, { length: { epochs: 3 } }],
  ["epochs of one", 500, { length: { epochs: 100 }, trainLimit: 16 }],
  ["epochs of a batch and a part of one", 500, { length: { epochs: 100 }, trainLimit: 20 }],
  ["three steps", 500, { length: { steps: 3 } }],
  ["two, of an epoch each", 500, { length: { epochs: 2 }, trainLimit: 16 }],
  ["the only one, which compiles", 16 / 5.032, { length: { steps: 1 } }],
  ["both sizes, which compile", 20 / 10.04, { length: { epochs: 1 }, trainLimit: 20 }],
])("%s", async (_, speed, train) => {
  expect(await speedOf(train)).toBeCloseTo(speed, 9);
});

it("tells the time of the whole training by it, evaluations apart", async () => {
  const train = { length: { epochs: 100 }, trainLimit: 16, batchSize: 16, validationLimit: 10 };
  const cost = await dryRun(plan, { train: { ...train, engine }, keep: 3 });
  expect(cost.trainMs).toBeCloseTo(100 * 16 * 2, 6);
});
