import { beforeAll, describe, expect, it } from "vitest";
import { channelCount } from "../../src/network/graph.ts";
import { parametersOf } from "../../src/network/parameters.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { initialise, Trainer } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { combinations } from "../support/pairwise.ts";
import { modelNames } from "../support/small-models.ts";
import { noDropout, randomBatch, smallNetwork, trainerOptions } from "./support/small-training.ts";

describe.each(combinations({ model: modelNames, channels: [1, 3], levels: [2, 4, 256], classes: [0, 2] }))(
  "$model, $channels channels, $levels levels, $classes classes",
  ({ model: name, channels, levels, classes }) => {
    const picture = { height: 4, width: 3, channels, levels };
    const network = smallNetwork(name, { picture, classes, channels: 12, layers: 2, dropout: 0.2 });

    it("a seed has one start, two seeds have two", () => {
      expect(initialise(network, 5).weights).toEqual(initialise(network, 5).weights);
      expect(initialise(network, 5).weights).not.toEqual(initialise(network, 6).weights);
    });

    it("weights are 0 where a mask forbids them, and nowhere else; those of few levels' logits are all 0", () => {
      const { weights } = initialise(network, 1);
      for (const { name, role, node, allowed: allowedIn } of parametersOf(network)) {
        const values = weights.get(name)!;
        if (role === "weight" && (node.name !== network.output || levels === 256)) {
          const allowed = allowedIn?.();
          expect([...values.keys()].filter((i) => (values[i] !== 0) !== (allowed?.[i] !== 0))).toEqual([]);
        } else expect(new Set(values)).toEqual(new Set([role === "scale" || role === "variance" ? 1 : 0]));
      }
    });

    it("the first loss is H·W·C·ln K: of few levels exactly, of many within a fifth", async () => {
      await useBackend("cpu");
      const trainer = new Trainer(initialise(network, 1), trainerOptions);
      const { nats } = await trainer.train(randomBatch(picture, 4, 2), 0.01, noDropout);
      await trainer.dispose();
      const uniformNats = 12 * channels * Math.log(levels);
      expect(Math.abs(nats / uniformNats - 1)).toBeLessThan(levels === 256 ? 0.2 : 1e-6);
    });
  },
);

describe("the spread of the first weights", () => {
  beforeAll(() => useBackend("cpu"));

  it.each(modelNames)("%s: variance 1 / (weights that reach one channel), within ±√3 deviations", (name) => {
    const picture = { height: 8, width: 8, channels: 3, levels: 4 };
    const network = smallNetwork(name, { picture, channels: 30, layers: 1 });
    const { weights } = initialise(network, 1);
    for (const { name: parameter, role, node, shape, allowed: allowedIn } of parametersOf(network)) {
      if (role !== "weight" || node.name === network.output) continue;
      const values = weights.get(parameter)!;
      const outputs = shape[2]!;
      const allowed = allowedIn?.() ?? new Uint8Array(values.length).fill(1);
      const scaled: number[] = [];
      for (let output = 0; output < outputs; output++) {
        const all = Array.from({ length: values.length / outputs }, (_, row) => row * outputs + output);
        const own = all.filter((i) => allowed[i] === 1);
        for (const i of own) scaled.push(values[i]! * Math.sqrt(own.length));
      }
      const variance = scaled.reduce((sum, value) => sum + value * value, 0) / scaled.length;
      // Var(x²) of a uniform of variance 1 is 0.8; five deviations of the mean of n squares.
      expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(0.8 / scaled.length));
      expect(Math.max(...scaled.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3) + 1e-6);
    }
  });

  it.each([1, 3])(
    "tables of %i picture channels: variance 1, and logits of 256 names start at 0",
    (channels) => {
      const picture = { height: 4, width: 4, channels, levels: 256 };
      const network = smallNetwork("gated", { picture, embedding: 16 });
      const { weights } = initialise(network, 1);
      const table = weights.get("embedding.table")!;
      expect(table).toHaveLength(256 * 16 * channels);
      const variance = table.reduce((sum, value) => sum + value * value, 0) / table.length;
      expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(0.8 / table.length));
      expect(Math.max(...table.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3) + 1e-6);
      expect(new Set(weights.get("logits.weight"))).toEqual(new Set([0]));
    },
  );

  it.each(modelNames)(
    "%s: the logits of 256 levels start smooth over them, however many channels they read",
    (name) => {
      const levels = 256;
      for (const channels of [6, 48]) {
        const network = smallNetwork(name, {
          picture: { height: 4, width: 4, channels: 3, levels },
          channels,
        });
        const {
          shape,
          name: parameter,
          node,
        } = parametersOf(network).find(
          ({ role, node }) => role === "weight" && node.name === network.output,
        )!;
        const source = network.nodes.find((other) => other.name === node.inputs[0])!;
        const values = initialise(network, 3).weights.get(parameter)!;
        const outputs = shape[2]!;
        const squares: number[] = [];
        for (let output = 0; output < outputs; output += levels) {
          let reaching = 0;
          for (let input = 0; input < channelCount(source); input++) {
            const row = values.subarray(input * outputs + output, input * outputs + output + levels);
            if (row[0] === 0) continue;
            reaching++;
            const range = Math.max(...row) - Math.min(...row);
            // A polynomial of degree 4 within ±1 climbs at most 16 times as fast as a straight line (A. Markov).
            const steps = Array.from(row.subarray(1), (value, k) => Math.abs(value - row[k]!));
            expect(Math.max(...steps)).toBeLessThanOrEqual((16 * range) / levels);
          }
          let sum = 0;
          for (let input = 0; input < channelCount(source); input++)
            sum += values[input * outputs + output]! ** 2;
          squares.push(sum);
          expect(reaching).toBeGreaterThan(0);
        }
        // At an end every polynomial is ±1: 36/3 · (1 + 1/4 + 1/9 + 1/16) on average, in sum over what reaches the logit.
        const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
        expect(mean).toBeGreaterThan(17 / 4);
        expect(mean).toBeLessThan(17 * 4);
      }
    },
  );

  it("a weight's noise lies at (tensor, element, initialise, node)", () => {
    const picture = { height: 4, width: 4, channels: 1, levels: 2 };
    const network = smallNetwork("pixelcnn", { picture });
    const parameters = parametersOf(network);
    const tensor = parameters.findIndex(({ name }) => name === "block1.look.weight");
    const node = network.nodes.findIndex(({ name }) => name === "block1.look");
    const values = initialise(network, 9).weights.get("block1.look.weight")!;
    const [, inputs] = parameters[tensor]!.shape as [number, number, number];
    // Mask B of 3×3 leaves five taps.
    const limit = Math.sqrt(3 / (5 * inputs));
    values.forEach((value, i) => {
      const u = uniform(9, tensor, i, Purpose.initialise, node, 0);
      expect(value).toBeCloseTo(limit * (2 * u - 1), 6);
    });
  });
});
