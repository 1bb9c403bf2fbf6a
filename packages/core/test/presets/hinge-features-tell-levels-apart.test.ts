/** A picture read through hinges: what they are, that every sampler agrees on them, steep as they are, and where they are taken. */
import { beforeAll, describe, expect, it } from "vitest";
import { hingeDistances, hingesOf } from "../../src/network/hinge-features.ts";
import { defineModel } from "../../src/network/model.ts";
import { countWeights } from "../../src/network/parameters.ts";
import { receptiveField } from "../../src/network/receptive-field.ts";
import { buildPreset, type PresetName, presets } from "../../src/presets/build-preset.ts";
import { gated } from "../../src/presets/gated.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { initialise } from "../../src/training/index.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { foresightedNaiveSampler } from "../support/foresighted-naive-sampler.ts";
import { randomWeights } from "../support/random-model.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { countTies, expectFewTies } from "../support/ties.ts";

describe.each([2, 3, 4, 5, 16, 256])("%i levels", (levels) => {
  const encoding = { scale: 2 / (levels - 1), offset: -1 };
  const features = Array.from({ length: levels }, (_, level) =>
    hingesOf(levels, encoding).map(({ weight, bias }) =>
      Math.max(0, weight * (level * encoding.scale + encoding.offset) + bias),
    ),
  );

  it("falling ones end, and rising ones begin, at their distance from an end", () => {
    const distances = hingeDistances(levels);
    features.forEach((values, level) => {
      const expected = [
        ...distances.map((d) => Math.max(0, d - level) / d),
        ...distances.map((d) => Math.max(0, level - (levels - 1 - d)) / d),
      ];
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 9);
      });
    });
  });

  it("the levels next to an end differ from their neighbours by a quarter and more", () => {
    const most = (a: number[], b: number[]) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    for (const step of [0, 1, 2, 3]) {
      if (step + 1 >= levels) continue;
      expect(most(features[step]!, features[step + 1]!)).toBeGreaterThanOrEqual(0.25 - 1e-9);
      const top = levels - 1 - step;
      expect(most(features[top]!, features[top - 1]!)).toBeGreaterThanOrEqual(0.25 - 1e-9);
    }
  });
});

it("256 levels: at 1, 2, 3, and doubling to the whole range", () => {
  expect(hingeDistances(256)).toEqual([1, 2, 3, 4, 8, 16, 32, 64, 128, 255]);
});

describe("the gated network", () => {
  const picture = { height: 8, width: 8, channels: 1, levels: 256 };

  it("has two weights a hinge more, and reads 20 channels where it read one", () => {
    const plain = countWeights(gated({ picture }));
    expect(countWeights(gated({ picture, hinges: false }))).toBe(plain);
    expect(countWeights(gated({ picture, hinges: true }))).toBe(plain + 20 * 2 + (21 + 3) * 19 * 32);
  });

  it("sees the same with hinges and without", () => {
    for (const channels of [1, 3]) {
      const options = { picture: { ...picture, channels, height: 31, width: 31 }, channels: 4 };
      for (let channel = 0; channel < channels; channel++) {
        const withRamps = receptiveField(gated({ ...options, hinges: true }), channel);
        expect(withRamps).toEqual(receptiveField(gated(options), channel));
      }
    }
  });

  it("starts as the hinges of its levels, each colour by itself", () => {
    const network = gated({ picture: { ...picture, channels: 3 }, channels: 6, layers: 1, hinges: true });
    const { weights } = initialise(network, 1);
    const hinges = hingesOf(256, network.encoding);
    const zeros = new Array<number>(20).fill(0);
    const slopes = hinges.map(({ weight }) => weight);
    const rows = [slopes, zeros, zeros, zeros, slopes, zeros, zeros, zeros, slopes];
    expect(weights.get("hinges.weight")).toEqual(Float32Array.from(rows.flat()));
    const biases = hinges.map(({ bias }) => bias);
    expect(weights.get("hinges.bias")).toEqual(Float32Array.from([biases, biases, biases].flat()));
  });
});

describe.each(Object.keys(presets) as PresetName[])("%s", (preset) => {
  it.each([1, 3])(
    "%i channels: reads every value's hinges, which start as those of the levels",
    (channels) => {
      const picture = { height: 6, width: 6, channels, levels: 256 };
      const network = buildPreset(preset, { picture, channels: 6, layers: 1, hinges: true });
      const reads = network.nodes.filter((node) => "inputs" in node && node.inputs.includes("input"));
      expect(reads.map(({ name }) => name)).toContain("hinges");
      expect(initialise(network, 1).weights.get("hinges.bias")).toEqual(
        Float32Array.from(
          Array.from({ length: channels }, () =>
            hingesOf(256, network.encoding).map(({ bias }) => bias),
          ).flat(),
        ),
      );
    },
  );
});

describe("steep hinges before random weights", () => {
  const samplers: Record<string, Sampler> = { ...incrementalSamplers, "fixed-point": fixedPointSampler };
  beforeAll(() => useBackend("wasm"));

  it.each([1, 3].flatMap((channels) => Object.keys(samplers).map((sampler) => [channels, sampler] as const)))(
    "%i channels: %s draws the naive sampler's pictures",
    async (channels, sampler) => {
      const picture = { height: 6, width: 6, channels, levels: 256 };
      const network = gated({ picture, channels: 6, layers: 2, hinges: true });
      const start = initialise(network, 3).weights;
      const weights = new Map(randomWeights(network, 3).weights);
      for (const name of ["hinges.weight", "hinges.bias"]) weights.set(name, start.get(name)!);
      const model = defineModel(network, weights);
      const options = { count: 4, seed: 11 };
      const naive = await drawPictures(model, { ...options, sampler: foresightedNaiveSampler });
      const other = await drawPictures(model, { ...options, sampler: samplers[sampler]! });
      const ties = await countTies(model, naive.levels, other.levels, {
        seed: 11,
        temperature: 1,
        labels: null,
      });
      expectFewTies([ties]);
    },
  );
});
