import { presets } from "@pixelcnn/core";
import { FlatLayout, initialise, Trainer } from "@pixelcnn/core/training";
import { beforeAll, describe, expect, it } from "vitest";
import { expectMuonAlike, muon, muonCases } from "../../core/test/support/muon-alike.ts";
import { adam, cases, networkOf, noiseBatch, noiseWindows } from "../../core/test/support/small-trainings.ts";
import { Library } from "../src/c-api/library.ts";
import { TensorflowEngine } from "../src/index.ts";
import { libraryPath } from "./support/library.ts";
import { startWasm } from "./support/wasm.ts";

/** Of the norm of every gradient. */
const TOLERANCE = 1e-5;

describe.skipIf(!libraryPath)("a step as a graph", () => {
  beforeAll(startWasm);

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
    const options = { ...adam, clipNorm: 1e9 };
    const wasm = new Trainer(model, options);
    const graphs = TensorflowEngine.start(libraryPath, model, options);
    const batch = one.read(network, 4, 1);
    const dropout = { seed: 2 ** 40 + 5, indices: [11, 3, 8, 90], step: 1 };

    const expected = await wasm.train(batch, 0.01, dropout);
    const told = await graphs.train(batch, 0.01, dropout);
    expect(told.nats / expected.nats).toBeCloseTo(1, 5);
    expect(told.gradientNorm / expected.gradientNorm).toBeCloseTo(1, 5);
    // After one step from 0 the first moment is the gradient, but for a factor.
    const moments = [await wasm.vectors(), await graphs.vectors()].map(({ firstMoment }) => firstMoment);
    for (const { name, shape, start } of new FlatLayout(network).trained) {
      const end = start + shape.reduce((product, length) => product * length, 1);
      const [wanted, got] = moments.map((moment) => moment.subarray(start, end)) as [
        Float32Array,
        Float32Array,
      ];
      // A parameter whose gradient is 0 but for rounding (a bias before batch norm) is compared with the whole gradient.
      const scale = Math.max(length(wanted), 1e-3 * length(moments[0]!));
      const difference = length(wanted.map((value, index) => value - got[index]!));
      expect(difference / scale, name).toBeLessThanOrEqual(TOLERANCE);
    }

    for (let step = 2; step <= 6; step++) {
      const next = one.read(network, 4, step);
      const { nats } = await wasm.train(next, 0.01, { ...dropout, step });
      expect((await graphs.train(next, 0.01, { ...dropout, step })).nats / nats).toBeCloseTo(1, 4);
    }
    expect(graphs.step).toBe(6);
    const pictures = noiseBatch(network, 3, 7);
    const wanted = await wasm.nats(pictures);
    const got = await graphs.nats(pictures);
    wanted.forEach((nats, picture) => {
      expect(got[picture]! / nats).toBeCloseTo(1, 4);
    });
    await wasm.dispose();
    await graphs.dispose();
    expect(Library.open(libraryPath).tensors.size).toBe(0);
  });

  it.each(muonCases)("changes matrices by Muon as TensorFlow.js does: $preset", async ({ network }) => {
    const model = initialise(network, 3);
    const engines = [new Trainer(model, muon), TensorflowEngine.start(libraryPath, model, muon)] as const;
    await expectMuonAlike(model, ...engines);
    for (const engine of engines) await engine.dispose();
  });

  it("is compared for every preset", () => {
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(presets)));
  });
});

function length(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
