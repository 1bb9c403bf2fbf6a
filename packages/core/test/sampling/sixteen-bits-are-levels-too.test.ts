/** More than 256 levels: nothing on the way from stored values to drawn pictures cuts a level to a byte. */
import { beforeAll, describe, expect, it } from "vitest";
import { picturesDataset, preparationFor, readBatch } from "../../src/data/index.ts";
import { decodeModelFile, encodeModelFile } from "../../src/index.ts";
import type { LevelArray } from "../../src/picture.ts";
import { local } from "../../src/presets/local.ts";
import { sample } from "../../src/sampling/sample.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { epochOf } from "../../src/training/batches.ts";
import { evaluate } from "../../src/training/evaluate.ts";
import { useBackend } from "../support/backends.ts";
import { drawDeepPictures, scorePictures } from "../support/draw-pictures.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { smallModel } from "../support/small-models.ts";
import { countTies } from "../support/ties.ts";
import { mixtureOf } from "../support/values.ts";

const picture = { height: 3, width: 3, channels: 3, levels: 65_536 };
const size = 27;
const model = smallModel("gated", { picture, ...mixtureOf(3), layers: 1 }, 2);
const provenance = { dataset: "none", command: "none", date: "2026-01-01", steps: 0 };
const dataset = picturesDataset({
  name: "ramp",
  height: 3,
  width: 3,
  channels: 3,
  classNames: [],
  train: {
    pixels: Uint16Array.from({ length: 12 * size }, (_, i) => (i * 40_503) % 65_536),
    labels: new Uint8Array(12),
  },
});
beforeAll(() => useBackend("wasm"));

it.each([300, 1000, 5000])(
  "%i categories are drawn by every sampler as by the naive one, but for ties",
  async (levels) => {
    const shape = { height: 3, width: 4, channels: 3, levels };
    const many = smallModel("gated", { picture: shape, layers: 1 }, 4);
    for (const temperature of [1, 0.6, 0]) {
      const options = { count: 5, seed: 6, temperature };
      const naive = await drawDeepPictures(many, { ...options, sampler: naiveSampler });
      if (temperature > 0) expect(Math.max(...naive.levels)).toBeGreaterThan(255);
      const pinned = await drawDeepPictures(many, { ...options, sampler: incrementalSamplers.scalar! });
      expect(await drawDeepPictures(many, { ...options, sampler: incrementalSamplers.simd! })).toEqual(
        pinned,
      );
      for (const sampler of Object.values(incrementalSamplers)) {
        const drawn = await drawDeepPictures(many, { ...options, sampler });
        const { ties } = await countTies(many, naive.levels, drawn.levels, { ...options, labels: null });
        expect(ties).toBeLessThanOrEqual(1);
      }
    }
  },
);

async function drawn(sampler: NonNullable<Parameters<typeof sample>[1]>["sampler"]): Promise<LevelArray> {
  let last: LevelArray = new Uint8Array();
  for await (const { pixels } of sample(model, { count: 2, seed: 3, sampler: sampler! })) last = pixels;
  return last;
}

describe("65,536 levels", () => {
  it.each(Object.entries(incrementalSamplers))(
    "are drawn by the %s sampler as by the naive one",
    async (_, sampler) => {
      const levels = await drawn(sampler);
      expect(levels).toBeInstanceOf(Uint16Array);
      expect(Math.max(...levels)).toBeGreaterThan(255);
      // Rounding moves a mean by hundredths of a level.
      const naive = await drawn(naiveSampler);
      levels.forEach((level, i) => {
        expect(Math.abs(level - naive[i]!)).toBeLessThanOrEqual(2);
      });
    },
  );

  it("are read as they are stored, by the loss as by the likelihood", async () => {
    const preparation = preparationFor(dataset, 65_536);
    const { levels } = readBatch(dataset, dataset.test, [0], preparation, { seed: 0, time: 0 });
    expect(levels).toBeInstanceOf(Uint16Array);
    const nats = -(await scorePictures(model, levels)).reduce((sum, score) => sum + score, 0);
    const measured = await evaluate(model, dataset, dataset.test, { preparation });
    expect(measured.images).toBe(1);
    expect(Math.abs(measured.nats / nats - 1)).toBeLessThan(1e-4);
  });

  it("become fewer levels by equal ranges", () => {
    const noise = { seed: 0, time: 0 };
    const [stored, bytes, binary] = [65_536, 256, 2].map(
      (levels) =>
        readBatch(
          dataset,
          dataset.test,
          [0],
          preparationFor(dataset, levels, levels === 2 ? "threshold" : undefined),
          noise,
        ).levels,
    ) as [LevelArray, LevelArray, LevelArray];
    expect(bytes).toBeInstanceOf(Uint8Array);
    stored.forEach((value, i) => {
      expect(bytes[i]).toBe(value >> 8);
      expect(binary[i]).toBe(value >> 15);
    });
  });

  it("stand in a model file", () => {
    const file = {
      model,
      preparation: { levels: 65_536, binarise: null },
      provenance: { ...provenance, trainNats: null, validation: null, test: null },
    };
    expect(decodeModelFile(encodeModelFile(file)).model.network.picture.levels).toBe(65_536);
  });

  it("come through pixels of a training uncut", () => {
    const network = local({ picture, ...mixtureOf(3), channels: 4, window: 3 });
    const source = { dataset, network, preparation: preparationFor(dataset, 65_536), seed: 0 };
    const { levels } = epochOf("pixels", source, dataset.train, 1).batch(0, 40, 1).batch;
    expect(levels).toBeInstanceOf(Uint16Array);
    expect(Math.max(...levels)).toBeGreaterThan(255);
  });
});
