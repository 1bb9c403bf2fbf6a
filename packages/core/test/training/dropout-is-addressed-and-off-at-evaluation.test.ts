import { beforeAll, describe, expect, it } from "vitest";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { dropoutMask } from "../../src/tensors/dropout-mask.ts";
import { evaluate, initialise, Trainer } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { randomWeights } from "../support/random-model.ts";
import { randomBatch, smallDataset, smallNetwork, trainerOptions } from "./support/small-training.ts";

const picture = { height: 4, width: 4, channels: 1, levels: 4 };

beforeAll(() => useBackend("cpu"));

describe("a mask", () => {
  it("is 0 where the noise at (picture, element, dropout, node, step) is below the rate, else 1 / (1 - rate)", () => {
    const noise = { seed: 2 ** 40 + 3, indices: [7, 2], step: 11 };
    const mask = dropoutMask(5, 0.3, [2, 3, 4, 2], noise).dataSync();
    const dropped = [7, 2].flatMap((index) =>
      Array.from(
        { length: 24 },
        (_, element) => uniform(noise.seed, index, element, Purpose.dropout, 5, 11) < 0.3,
      ),
    );
    expect([...mask]).toEqual(dropped.map((isDropped) => (isDropped ? 0 : Math.fround(1 / 0.7))));
    expect(new Set(dropped).size).toBe(2);
  });

  it("keeps the mean: 1 on average", () => {
    const mask = dropoutMask(1, 0.25, [1, 50, 50, 4], {
      seed: 1,
      indices: [0],
      step: 1,
    }).dataSync<"float32">();
    const mean = mask.reduce((sum, value) => sum + value, 0) / mask.length;
    // The deviation of the mean of 10,000 values of variance 1/3 is 0.006.
    expect(Math.abs(mean - 1)).toBeLessThan(0.03);
  });
});

describe("a training step", () => {
  const network = smallNetwork("gated", { picture, dropout: 0.5 });

  async function lossAt(seed: number, step: number, indices: readonly number[]): Promise<number> {
    const trainer = new Trainer(randomWeights(network, 1), trainerOptions);
    const { nats } = await trainer.train(randomBatch(picture, 4), 0.01, { seed, step, indices });
    await trainer.dispose();
    return nats;
  }

  it("drops the same for an address, and something else for another seed, step or picture", async () => {
    const losses = [
      await lossAt(1, 1, [0, 1, 2, 3]),
      await lossAt(2, 1, [0, 1, 2, 3]),
      await lossAt(1, 2, [0, 1, 2, 3]),
      await lossAt(1, 1, [4, 1, 2, 3]),
    ];
    expect(new Set(losses).size).toBe(4);
    expect(await lossAt(1, 1, [0, 1, 2, 3])).toBe(losses[0]);
  });
});

describe.each(["naive", "pixelcnn", "gated"] as const)("evaluation of %s", (name) => {
  it("drops nothing: a net without dropout and with the same weights gives the same nats", async () => {
    const dataset = smallDataset({ picture });
    const options = { preparation: { levels: 4, binarise: null } };
    const nets = [0.5, 0].map((dropout) => smallNetwork(name, { picture, dropout }));
    expect(nets.map(({ nodes }) => nodes.some(({ op }) => op === "dropout"))).toEqual([true, false]);
    const weights = randomWeights(nets[1]!, 1).weights;
    const [dropping, plain] = await Promise.all(
      nets.map((network) => evaluate({ network, weights }, dataset, dataset.test, options)),
    );
    expect(dropping).toEqual(plain);
    const start = await evaluate(initialise(nets[1]!, 1), dataset, dataset.test, options);
    expect(plain!.nats).not.toBe(start.nats);
  });
});
