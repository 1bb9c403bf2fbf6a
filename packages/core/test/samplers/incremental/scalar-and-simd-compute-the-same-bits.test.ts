/**
 * The scalar sampler and the one on plain SIMD are one arithmetic: activations, logits, weights of levels, pictures and
 * log-probabilities are equal, bit for bit and without any tie.
 */
import { afterEach, describe, expect, it, vi } from "vitest";
import { likelihoodOf } from "../../../src/likelihoods/likelihoods.ts";
import type { Model } from "../../../src/network/model.ts";
import { type PresetName, presets } from "../../../src/presets/build-preset.ts";
import { simdSampler } from "../../../src/samplers/incremental/sampler.ts";
import { scalarSampler } from "../../../src/samplers/incremental/scalar-sampler.ts";
import { forAnyModel } from "../../support/any-model.ts";
import { bitsOf, firstDifference, pinnedPasses } from "../../support/cached-passes.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { handBuilt } from "../../support/hand-built.ts";
import { combinations, product } from "../../support/pairwise.ts";
import { picturesOf } from "../../support/random-graph.ts";
import { randomWeights } from "../../support/random-model.ts";
import { randomPictures } from "../../support/random-pictures.ts";
import { smallModel } from "../../support/small-models.ts";
import { mixtureOf } from "../../support/values.ts";

const presetNames = Object.keys(presets) as PresetName[];
const temperatures = [1, 0.6];

async function expectEqualBits(model: Model, levels: Uint8Array, count: number, labels: Int32Array | null) {
  const scalar = bitsOf(model, await pinnedPasses.scalar(model, count, labels), levels, temperatures);
  const simd = bitsOf(model, await pinnedPasses.simd(model, count, labels), levels, temperatures);
  for (const what of ["activations", "logits", "weights"] as const) {
    const isNone = what === "weights" && likelihoodOf(model.network).kind === "mixture";
    expect(scalar[what].length > 0).toBe(!isNone);
    expect(firstDifference(scalar[what], simd[what]), `first difference among ${what}`).toBe(-1);
  }
  return scalar;
}

const table = combinations({
  model: presetNames,
  channels: [1, 3],
  levels: [2, 3, 4, 5, 6, 7, 8, 9, 17, 256],
  width: [1, 3, 6],
  classes: [0, 3],
  // One picture, two alone, three or four in a block, a block and one, a block and two, two blocks and one.
  count: [1, 2, 3, 4, 5, 6, 9],
  // Three groups of 3, 2, 2 channels, or of 14, 13, 13: a strip of 32, a panel that is not full.
  hidden: [7, 40],
});

describe.each(table)(
  "$model of $hidden, $channels channels, $levels levels, width $width, $classes classes, $count pictures",
  ({ model: name, channels, levels, width, classes, count, hidden }) => {
    const picture = { height: 3, width, channels, levels };
    const model = smallModel(name, { picture, classes, channels: hidden });
    const labels = classes === 0 ? null : Array.from({ length: count }, (_, b) => (b * 2) % classes);

    it("in every buffer", async () => {
      const given = labels && Int32Array.from(labels);
      const { logits } = await expectEqualBits(model, randomPictures(picture, count), count, given);
      expect(new Set(logits).size).toBeGreaterThan(logits.length / 10);
    });

    it.each([1, 0.6, 0])("in pictures at T = %d", async (temperature) => {
      const options = {
        count,
        batchSize: count,
        seed: 7,
        temperature,
        ...(labels && { classLabel: labels }),
      };
      const drawn = await drawPictures(model, { ...options, sampler: scalarSampler });
      expect(drawn).toEqual(await drawPictures(model, { ...options, sampler: simdSampler("simd") }));
      // Nor does it matter whether scores are wanted.
      const again = await drawPictures(model, {
        ...options,
        sampler: scalarSampler,
        logProbabilities: false,
      });
      expect(again.levels).toEqual(drawn.levels);
    });
  },
);

it.each(product({ channels: [1, 3], levels: [2, 9, 256], temperature: [1, 0.6, 0] }))(
  "in pictures of a mixture: $channels channels, $levels levels, T = $temperature",
  async ({ channels, levels, temperature }) => {
    const picture = { height: 4, width: 5, channels, levels };
    const model = smallModel("gated", { picture, ...mixtureOf(4) });
    await expectEqualBits(model, randomPictures(picture, 6), 6, null);
    const options = { count: 6, batchSize: 6, seed: 3, temperature };
    const drawn = await drawPictures(model, { ...options, sampler: scalarSampler });
    expect(drawn).toEqual(await drawPictures(model, { ...options, sampler: simdSampler("simd") }));
  },
);

it.each(handBuilt({ height: 4, width: 5, channels: 3, levels: 4 }))("in %s", async (_, network) => {
  const levels = randomPictures(network.picture, 5);
  await expectEqualBits(randomWeights(network, 5), levels, 5, Int32Array.of(2, 0, 1, 1, 0));
});

it("in any graph", async () => {
  const numRuns = process.env.PIXELCNN_FULL ? 2000 : 150;
  await forAnyModel({ numRuns, most: 9 }, async ({ choose, model, count, labels }) => {
    const levels = picturesOf(model.network.picture, count, choose);
    await expectEqualBits(model, levels, count, labels && Int32Array.from(labels));
  });
}, 600_000);

describe("no function of the engine is asked whose last bits differ from engine to engine", () => {
  const names = ["exp", "expm1", "log", "log1p", "log2", "pow", "tanh", "sinh", "cosh", "cbrt"] as const;
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(
    product({
      model: presetNames,
      levels: [2, 5],
      components: [0, 3],
      temperature: [1, 0.6, 0],
      sampler: [scalarSampler, simdSampler("simd")],
    }),
  )(
    "by $sampler.name: $model, $levels levels, $components components, T = $temperature",
    async ({ model: name, levels, components, temperature, sampler }) => {
      const picture = { height: 3, width: 3, channels: 3, levels };
      const model = smallModel(name, { picture, ...mixtureOf(components) });
      for (const name of names) {
        vi.spyOn(Math, name).mockImplementation(() => {
          throw new Error(`Math.${name} was asked`);
        });
      }
      expect(() => Math.exp(1)).toThrow("was asked");
      const drawn = await drawPictures(model, { count: 3, temperature, sampler });
      expect(drawn.levels).toHaveLength(81);
      expect(drawn.logProbabilities.every(Number.isFinite)).toBe(true);
    },
  );
});
