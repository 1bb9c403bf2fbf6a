import { tensor4d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { LevelArray } from "../../src/picture.ts";
import { forward } from "../../src/tensors/forward.ts";
import { disposeParameters, uploadParameters } from "../../src/tensors/upload.ts";
import { averageDecay } from "../../src/training/average-decay.ts";
import { initialise, Trainer } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import {
  adam,
  eventsOf,
  noDropout,
  only,
  randomBatch,
  smallDataset,
  smallNetwork,
  trainOptions,
} from "./support/small-training.ts";

const picture = { height: 4, width: 4, channels: 1, levels: 4 };

describe("the decay min(d, (1 + t) / (10 + t))", () => {
  it.each([
    [0.99, 1, 2 / 11],
    [0.99, 2, 3 / 12],
    [0.99, 90, 0.91],
    [0.99, 889, 890 / 899],
    [0.99, 891, 0.99],
    [0.5, 7, 8 / 17],
    [0.5, 8, 0.5],
    [0, 1, 0],
  ])("d = %d, step %d", (decay, step, expected) => {
    expect(averageDecay(decay, step)).toBeCloseTo(expected, 14);
  });
});

describe("over the steps of a net with batch norm", () => {
  beforeAll(() => useBackend("cpu"));

  it("both averages take 1 - d of what they follow, the running statistics a tenth of the batch's", async () => {
    const network = smallNetwork("naive", { picture, channels: 3 });
    const trainer = new Trainer(initialise(network, 1), { ...adam, averageDecay: 0.3 });
    const { statistics } = trainer.layout;
    expect(statistics.map(({ name }) => name)).toEqual([
      "layer1.batchNorm.mean",
      "layer1.batchNorm.variance",
    ]);
    let before = await trainer.vectors();
    expect(before.averagedWeights).toEqual(before.weights);
    expect([...before.statistics]).toEqual([0, 0, 0, 1, 1, 1]);
    for (let step = 1; step <= 6; step++) {
      const batch = randomBatch(picture, 4, 1, step);
      const ofBatch = momentsOfConvolution(trainer, before.weights, before.statistics, batch.levels);
      await trainer.train(batch, 0.05, noDropout);
      const after = await trainer.vectors();
      const decay = step === 1 ? 2 / 11 : step === 2 ? 3 / 12 : 0.3;
      expectNear(
        after.statistics,
        before.statistics.map((running, i) => 0.9 * running + 0.1 * ofBatch[i]!),
      );
      for (const [average, followed] of [
        ["averagedWeights", "weights"],
        ["averagedStatistics", "statistics"],
      ] as const) {
        expect(after[average]).not.toEqual(before[average]);
        expectNear(
          after[average],
          before[average].map((value, i) => decay * value + (1 - decay) * after[followed][i]!),
        );
      }
      before = after;
    }
    await trainer.dispose();
  });

  it("a checkpoint's model is the averaged one, statistics included", async () => {
    const network = smallNetwork("naive", { picture, channels: 3 });
    const events = await eventsOf(network, smallDataset({ picture }), trainOptions(picture, { steps: 2 }));
    const { model, state } = only(events, "checkpoint").at(-1)!;
    expect(state.averagedWeights).not.toEqual(state.weights);
    expect(state.averagedStatistics).not.toEqual(state.statistics);
    expect(model.weights.get("layer1.batchNorm.variance")).toEqual(state.averagedStatistics.slice(3));
    expect(model.weights.get("layer1.convolution.weight")).toEqual(
      state.averagedWeights.slice(0, model.weights.get("layer1.convolution.weight")!.length),
    );
  });
});

/** Mean and variance per channel of what the first convolution makes of a batch, summed in float64. */
function momentsOfConvolution(
  trainer: Trainer,
  weights: Float32Array,
  statistics: Float32Array,
  levels: LevelArray,
): number[] {
  const { network, weights: named } = trainer.layout.toModel(weights, statistics);
  const convolution = { ...network, nodes: network.nodes.slice(0, 2), output: network.nodes[1]!.name };
  const parameters = uploadParameters({ network: convolution, weights: named });
  const activations = tidy(() =>
    forward(convolution, parameters, tensor4d(Float32Array.from(levels), [4, 4, 4, 1])).dataSync(),
  );
  disposeParameters(parameters);
  const channel = (c: number) => [...activations].filter((_, i) => i % 3 === c);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = [0, 1, 2].map((c) => mean(channel(c)));
  const variances = [0, 1, 2].map((c) => mean(channel(c).map((value) => (value - means[c]!) ** 2)));
  return [...means, ...variances];
}

function expectNear(actual: Float32Array, expected: ArrayLike<number>) {
  expectClose(actual, expected, (exact) => 1e-6 * Math.max(1, Math.abs(exact)));
}
