import { defineNetwork, type Network, uniform } from "@pixelcnn/core";
import { initialise, Trainer } from "@pixelcnn/core/training";
import type { Client } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomGraph } from "../../core/test/support/random-graph.ts";
import { adam, noiseBatch } from "../../core/test/support/small-trainings.ts";
import { XlaEngine } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";
import { startWasm } from "./support/wasm.ts";

const GRAPHS = 34;
const COUNT = 2;

describe.skipIf(!pluginPath)("a random graph", () => {
  let client: Client;
  beforeAll(async () => {
    await startWasm();
    client = await startClient();
  });
  afterAll(() => client.dispose());

  it.each(Array.from({ length: GRAPHS }, (_, seed) => ({ seed, network: graphOf(seed) })))(
    "is compiled as a training step that has TensorFlow.js's loss and gradient: $seed",
    async ({ seed, network }) => {
      const model = initialise(network, seed);
      const batch = noiseBatch(network, COUNT, seed);
      const dropout = { seed, indices: [4, 7], step: 1 };
      const compiled = await XlaEngine.start(client, model, adam);
      const told = await compiled.train(batch, 0.01, dropout);
      await compiled.dispose();
      const trainer = new Trainer(model, adam);
      const expected = await trainer.train(batch, 0.01, dropout);
      await trainer.dispose();
      expect(Math.abs(told.nats - expected.nats)).toBeLessThanOrEqual(1e-5 * expected.nats);
      const difference = Math.abs(told.gradientNorm - expected.gradientNorm);
      expect(difference).toBeLessThanOrEqual(1e-4 * expected.gradientNorm);
    },
  );

  it("has every operation in one of them", () => {
    const networks = Array.from({ length: GRAPHS }, (_, seed) => graphOf(seed));
    expect([...operationsOf(networks)].sort()).toEqual(
      [
        "add",
        "attention",
        "batchNorm",
        "bias",
        "concat",
        "concatElu",
        "convolution",
        "dropout",
        "elu",
        "gate",
        "glu",
        "lstm",
      ]
        .concat("embedding", "input", "planes", "relu")
        .sort(),
    );
  });
});

/** A random graph but for nodes that its logits do not need: TensorFlow.js differentiates by nothing that the loss does not have. */
function graphOf(seed: number): Network {
  const network = randomGraph(chooser(seed));
  const needed = new Set([network.nodes[0]!.name, network.output]);
  for (const { name, inputs } of [...network.nodes].reverse()) {
    if (needed.has(name)) for (const input of inputs) needed.add(input);
  }
  return defineNetwork({ ...network, nodes: network.nodes.filter(({ name }) => needed.has(name)) });
}

function operationsOf(networks: readonly Network[]): Set<string> {
  return new Set(networks.flatMap(({ nodes }) => nodes.map(({ op }) => op)));
}

/** Addressed noise, one number after another. */
function chooser(seed: number): (options: number) => number {
  let element = 0;
  return (options) => Math.floor(uniform(seed, 0, element++, 0, 0, 0) * options);
}
