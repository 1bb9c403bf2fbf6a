import { presets } from "@pixelcnn/core";
import { FlatLayout, initialise, Trainer } from "@pixelcnn/core/training";
import type { Client } from "@pixelcnn/pjrt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectMuonAlike, muon, muonCases } from "../../core/test/support/muon-alike.ts";
import { adam, cases, networkOf, noiseBatch, noiseWindows } from "../../core/test/support/small-trainings.ts";
import { XlaEngine } from "../src/index.ts";
import { pluginPath, startClient } from "./support/client.ts";
import { startWasm } from "./support/wasm.ts";

describe.skipIf(!pluginPath)("a compiled step", () => {
  let client: Client;
  beforeAll(async () => {
    await startWasm();
    client = await startClient();
  });
  afterAll(() => client.dispose());

  const onPixels = cases
    .filter(({ name }) => name === "local")
    .map((one) => ({ ...one, read: noiseWindows }));
  it.each(
    [...cases.map((one) => ({ ...one, read: noiseBatch })), ...onPixels].map((one, index) => ({
      ...one,
      label: `${index} ${one.name} ${JSON.stringify(one.options)}`,
    })),
  )("has the gradient of every parameter, and goes on alike: $label", async (one) => {
    const network = networkOf(one);
    const model = initialise(network, 3);
    const rule = { ...adam, clipNorm: 1e9, weightDecay: 2 };
    const wasm = new Trainer(model, rule);
    const compiled = await XlaEngine.start(client, model, rule);
    const batch = one.read(network, 4, 1);
    const dropout = { seed: 2 ** 40 + 5, indices: [11, 3, 8, 90], step: 1 };

    const expected = await wasm.train(batch, 0.01, dropout);
    const told = await compiled.train(batch, 0.01, dropout);
    expect(told.nats).toBeCloseTo(expected.nats, 3);
    expect(told.gradientNorm / expected.gradientNorm).toBeCloseTo(1, 5);
    // After one step from 0 the first moment is the gradient, but for a factor.
    const moments = [await wasm.vectors(), await compiled.vectors()].map(({ firstMoment }) => firstMoment);
    for (const { name, shape, start } of new FlatLayout(network).trained) {
      const end = start + shape.reduce((product, length) => product * length, 1);
      const [wanted, got] = moments.map((moment) => moment.subarray(start, end)) as [
        Float32Array,
        Float32Array,
      ];
      // A parameter whose gradient is 0 but for rounding (a bias before batch norm) is compared with the whole gradient.
      const scale = Math.max(length(wanted), 1e-3 * length(moments[0]!));
      expect(length(difference(wanted, got)) / scale, name).toBeLessThanOrEqual(1e-5);
    }

    for (let step = 2; step <= 6; step++) {
      const next = one.read(network, 4, step);
      const { nats } = await wasm.train(next, 0.01, { ...dropout, step });
      expect((await compiled.train(next, 0.01, { ...dropout, step })).nats / nats).toBeCloseTo(1, 4);
    }
    expect(compiled.step).toBe(6);
    await wasm.dispose();
    await compiled.dispose();
    expect(client.liveBuffers).toBe(0);
    expect(client.liveExecutables).toBe(0);
  });

  it("has the loss of the other engine's step within a thousandth of a nat per value, 200 steps long", async () => {
    const network = networkOf(cases[4]!);
    const model = initialise(network, 3);
    const wasm = new Trainer(model, adam);
    const compiled = await XlaEngine.start(client, model, adam);
    const { height, width, channels } = network.picture;
    for (let step = 1; step <= 200; step++) {
      const batch = noiseBatch(network, 4, step % 5);
      const dropout = { seed: 1, indices: [0, 1, 2, 3], step };
      const expected = await wasm.train(batch, 0.003, dropout);
      const { nats } = await compiled.train(batch, 0.003, dropout);
      const difference = Math.abs(nats - expected.nats) / (height * width * channels);
      expect(difference, `step ${step}`).toBeLessThanOrEqual(1e-3);
    }
    await wasm.dispose();
    await compiled.dispose();
  });

  it.each(muonCases.slice(0, 2))(
    "changes matrices by Muon as TensorFlow.js does: $preset",
    async ({ network }) => {
      const model = initialise(network, 3);
      const engines = [new Trainer(model, muon), await XlaEngine.start(client, model, muon)] as const;
      await expectMuonAlike(model, ...engines);
      for (const engine of engines) await engine.dispose();
    },
  );

  it("is compared for every preset", () => {
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(presets)));
  });
});

function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, index) => value - b[index]!);
}

function length(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
