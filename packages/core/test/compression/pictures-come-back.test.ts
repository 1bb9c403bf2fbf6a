/** Pictures through a model and back: every preset, number of levels and shape, on plain SIMD and in TypeScript. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { codePictures } from "../../src/compression/code-pictures.ts";
import { compress, decompress } from "../../src/compression/compress.ts";
import { RangeDecoder } from "../../src/compression/range-decoder.ts";
import { OptionError, ShapeError } from "../../src/errors.ts";
import { decodeModelFile } from "../../src/model-file/model-file.ts";
import { dimensions, levelArray } from "../../src/picture.ts";
import { type PresetName, presets } from "../../src/presets/build-preset.ts";
import { forAnyModel } from "../support/any-model.ts";
import { pinnedPasses } from "../support/cached-passes.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { darkPictures, overflowingModel, placeOf } from "../support/overflowing-model.ts";
import { combinations } from "../support/pairwise.ts";
import { picturesOf } from "../support/random-graph.ts";
import { randomLevels, randomPictures } from "../support/random-pictures.ts";
import { smallModel } from "../support/small-models.ts";
import { embeddingOf, mixtureOf } from "../support/values.ts";

const table = combinations({
  model: Object.keys(presets) as PresetName[],
  levels: [2, 3, 4, 5, 6, 7, 8, 9, 17, 256, 257, 1000],
  channels: [1, 3],
  size: [
    [3, 5],
    [1, 7],
    [6, 1],
  ],
  classes: [0, 3],
  components: [0, 3],
  embedding: [0, 4],
  count: [1, 3, 16, 37],
});

describe.each(table)(
  "$model, $levels levels, $channels channels, $size, $classes classes, $components components, embedding of $embedding, $count pictures",
  ({ model: name, levels, channels, size: [height, width], classes, components, embedding, count }) => {
    const picture = { height, width, channels, levels };
    const model = smallModel(name, { picture, classes, ...mixtureOf(components), ...embeddingOf(embedding) });
    const labels = classes === 0 ? null : Array.from({ length: count }, (_, i) => (i * 2) % classes);
    const options = labels === null ? {} : { classLabel: labels };
    const pictures = randomLevels(picture, count);

    it("come back", async () => {
      const messages = await compress(model, pictures, options);
      expect(messages).toHaveLength(Math.min(16, count));
      expect(await decompress(model, messages, count, options)).toEqual(pictures);
    });

    it("come back on the scalar pass, whatever it was that compressed them", async () => {
      const messages = await compress(model, pictures, options);
      const decoders = messages.map((message) => new RangeDecoder(message));
      const back = levelArray(levels, pictures.length);
      const lanes = messages.length;
      await codePictures(
        model,
        { count, lanes, labels: labels && Int32Array.from(labels) },
        (index, element, counts) => {
          const level = counts.code(decoders[index % lanes]!, 0);
          back[index * dimensions(picture) + element] = level;
          return level;
        },
        pinnedPasses.scalar,
      );
      expect(back).toEqual(pictures);
    });
  },
);

it("come back through any graph", async () => {
  const numRuns = process.env.PIXELCNN_FULL ? 1000 : 60;
  await forAnyModel({ numRuns, most: 20 }, async ({ choose, model, count, labels }) => {
    const pictures = picturesOf(model.network.picture, count, choose);
    const options = labels === null ? {} : { classLabel: labels };
    const messages = await compress(model, pictures, options);
    expect(await decompress(model, messages, count, options)).toEqual(pictures);
  });
}, 600_000);

it.each([
  ["glyphs", 18], // more than there are lanes
  ["mnist", 6],
  ["mnist-256", 6],
  ["mnist-binary", 6],
] as const)(
  "take at most 1.005 of their bits by %s, and two bytes a lane, %i pictures",
  async (name, count) => {
    const file = await readFile(new URL(`../../../../models/${name}.safetensors`, import.meta.url));
    const { model } = decodeModelFile(file);
    const labels = Array.from({ length: count }, (_, i) => i % Math.max(1, model.network.classes));
    const options = model.network.classes > 0 ? { classLabel: labels } : {};
    // Cool pictures have the fewest bits, of which rounding takes the largest share.
    const { levels, logProbabilities } = await drawPictures(model, { ...options, count, temperature: 0.7 });
    const bits = logProbabilities.reduce((sum, nats) => sum - nats / Math.LN2, 0);
    const messages = await compress(model, levels, options);
    const bytes = messages.reduce((sum, { length }) => sum + length, 0);
    expect(8 * bytes).toBeGreaterThan(bits - 16 * messages.length);
    expect(8 * bytes).toBeLessThan(1.005 * bits + 16 * messages.length);
    expect(await decompress(model, messages, count, options)).toEqual(levels);
  },
);

it("take at most 1.005 of their bits by a mixture, and two bytes a lane", async () => {
  const picture = { height: 12, width: 12, channels: 3, levels: 256 };
  const model = smallModel("gated", { picture, ...mixtureOf(4) });
  const { levels, logProbabilities } = await drawPictures(model, { count: 5, temperature: 0.7 });
  const bits = logProbabilities.reduce((sum, nats) => sum - nats / Math.LN2, 0);
  const messages = await compress(model, levels);
  const bytes = messages.reduce((sum, { length }) => sum + length, 0);
  expect(8 * bytes).toBeLessThan(1.005 * bits + 16 * messages.length);
  expect(8 * bytes).toBeGreaterThan(bits - 16 * messages.length);
  expect(await decompress(model, messages, 5)).toEqual(levels);
});

describe("what cannot be coded is refused", () => {
  const picture = { height: 2, width: 4, channels: 1, levels: 4 };
  const model = smallModel("naive", { picture });

  it("pictures that are not whole, none, levels that the model lacks", async () => {
    await expect(compress(model, new Uint8Array(5))).rejects.toThrow(ShapeError);
    await expect(compress(model, new Uint8Array(0))).rejects.toThrow(ShapeError);
    await expect(compress(model, Uint8Array.of(0, 1, 4, 0, 0, 0, 0, 0))).rejects.toThrow(
      "expected levels from 0 to 3, got 4; choose a model with more levels",
    );
  });

  it("labels without classes, and messages that are too few", async () => {
    await expect(compress(model, new Uint8Array(8), { classLabel: 1 })).rejects.toThrow(OptionError);
    const messages = await compress(model, new Uint8Array(16));
    await expect(decompress(model, messages, 3)).rejects.toThrow("expected 3 messages for 3 pictures, got 2");
    await expect(decompress(model, [], 0)).rejects.toThrow(OptionError);
  });

  it("models whose logits overflow, by place", async () => {
    const broken = overflowingModel(picture, "NaN");
    const place = { ...placeOf(picture), picture: 4 };
    await expect(compress(broken, darkPictures(picture))).rejects.toMatchObject(place);
  });

  it("not messages that are damaged: they give other pictures", async () => {
    const pictures = randomPictures(picture, 4);
    const messages = await compress(model, pictures);
    messages[1]![0]! ^= 255;
    const back = await decompress(model, messages, 4);
    expect(back).not.toEqual(pictures);
    expect(back.slice(0, 8)).toEqual(pictures.slice(0, 8));
    expect(Math.max(...back)).toBeLessThan(4);
  });
});
