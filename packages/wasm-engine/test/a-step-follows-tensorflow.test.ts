import { presets } from "@pixelcnn/core";
import { FlatLayout, initialise, Trainer } from "@pixelcnn/core/training";
import { beforeAll, describe, expect, it } from "vitest";
import { expectMuonAlike, muon, muonCases } from "../../core/test/support/muon-alike.ts";
import { adam, cases, networkOf, noiseBatch, noiseWindows } from "../../core/test/support/small-trainings.ts";
import { WasmEngine } from "../src/index.ts";
import { startWasm } from "./support/wasm.ts";

describe("a step without TensorFlow.js", () => {
  beforeAll(startWasm);

  const onPixels = { ...cases.find(({ name }) => name === "local")!, read: noiseWindows };
  it.each(
    [...cases.map((one) => ({ ...one, read: noiseBatch })), onPixels].map((one, index) => ({
      ...one,
      label: `${index} ${one.name} ${JSON.stringify(one.options)}`,
    })),
  )("has the gradient of every parameter, goes on alike and measures alike: $label", async (one) => {
    const network = networkOf(one);
    const model = initialise(network, 3);
    const options = { ...adam, clipNorm: 1e9 };
    const engines = [new Trainer(model, options), new WasmEngine(model, options)] as const;
    const [theirs, ours] = engines;
    const dropout = { seed: 2 ** 40 + 5, indices: [11, 3, 8, 90], step: 1 };

    const batch = one.read(network, 4, 1);
    const [expected, told] = [
      await theirs.train(batch, 0.01, dropout),
      await ours.train(batch, 0.01, dropout),
    ];
    expect(told.nats / expected.nats).toBeCloseTo(1, 5);
    expect(told.gradientNorm / expected.gradientNorm).toBeCloseTo(1, 5);
    // After one step from 0 the first moment is the gradient, but for a factor.
    const [wanted, got] = [(await theirs.vectors()).firstMoment, (await ours.vectors()).firstMoment];
    for (const { name, shape, start } of new FlatLayout(network).trained) {
      const end = start + shape.reduce((product, length) => product * length, 1);
      const [a, b] = [wanted.subarray(start, end), got.subarray(start, end)];
      // A parameter whose gradient is 0 but for rounding (a bias before batch norm) is compared with the whole gradient.
      const scale = Math.max(Math.hypot(...a), 1e-3 * Math.hypot(...wanted));
      expect(Math.hypot(...a.map((number, i) => number - b[i]!)) / scale, name).toBeLessThanOrEqual(1e-5);
    }

    for (let step = 2; step <= 6; step++) {
      const next = one.read(network, 4, step);
      const { nats } = await theirs.train(next, 0.01, { ...dropout, step });
      expect((await ours.train(next, 0.01, { ...dropout, step })).nats / nats).toBeCloseTo(1, 4);
    }
    const pictures = noiseBatch(network, 3, 9);
    const measured = await ours.nats(pictures);
    const known = await theirs.nats(pictures);
    for (const [b, nats] of known.entries()) expect(measured[b]! / nats).toBeCloseTo(1, 4);
    for (const engine of engines) await engine.dispose();
  });

  it.each(muonCases)("changes matrices by Muon as TensorFlow.js does: $preset", async ({ network }) => {
    const model = initialise(network, 3);
    const engines = [new Trainer(model, muon), new WasmEngine(model, muon)] as const;
    await expectMuonAlike(model, ...engines);
    for (const engine of engines) await engine.dispose();
  });

  it("is compared for every preset", () => {
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(presets)));
  });
});
