import { likelihoodOf, Purpose, predict, sample, uniforms } from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import { meanLevel, sharesAt } from "../src/views/inspect/shares.ts";
import { bytesOfLevels } from "../src/workers/drawing/bytes-of-levels";
import { loadedModel } from "./support/loaded-model.ts";

/** Sums of floats in another order may move a bound by this much. */
const TIE = 1e-5;

describe.each([
  ["glyphs", { classLabel: 3 }],
  ["mnist-binary", {}],
] as const)("%s", (name, label) => {
  it.each([1, 0.7, 1.5])(
    "every level is the one whose share holds the random number, at temperature %f",
    async (temperature) => {
      const model = await loadedModel(name);
      const { height, width, levels: K } = model.network.picture;
      const likelihood = likelihoodOf(model.network).kind;
      const [seed, index] = [11, 5];
      let levels = new Uint8Array(0);
      for await (const frame of sample(model, { seed, firstIndex: index, temperature, ...label }))
        levels = bytesOfLevels(frame.pixels);
      const distributions = await predict(model, levels, label);
      const numbers = new Float32Array(height * width);
      uniforms(numbers, { seed, index, purpose: Purpose.sample });
      levels.forEach((level, i) => {
        const shares = sharesAt(distributions.subarray(i * K, (i + 1) * K), temperature, likelihood)!;
        const below = shares.slice(0, level).reduce((sum, share) => sum + share, 0);
        expect(numbers[i]!).toBeGreaterThan(below - TIE);
        expect(numbers[i]!).toBeLessThan(below + shares[level]! + TIE);
      });
    },
  );
});

it("at temperature 0 the likeliest level has everything", () => {
  expect(sharesAt([-2, -0.5, -3], 0, "categorical")).toEqual([0, 1, 0]);
});

it("a mixture's shares are known at temperature 1 alone: another one widens its components", () => {
  const nats = [0.2, 0.8].map(Math.log);
  expect(sharesAt(nats, 1, "mixture")).toEqual(sharesAt(nats, 1, "categorical"));
  expect([0, 0.5, 2].map((temperature) => sharesAt(nats, temperature, "mixture"))).toEqual([
    null,
    null,
    null,
  ]);
});

it("the mean level is that of the probabilities", () => {
  expect(meanLevel([Math.log(0.5), Math.log(0.25), Math.log(0.25)])).toBeCloseTo(0.75, 12);
});
