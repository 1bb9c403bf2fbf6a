/** Logits that are not finite are an error that names picture, position and channel, in every sampler. */

import { beforeAll, describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { predict } from "../../src/sampling/predict.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import {
  darkPictures,
  type Overflow,
  overflowingModel,
  overflows,
  placeOf,
} from "../support/overflowing-model.ts";
import { product } from "../support/pairwise.ts";
import { incrementalSamplers } from "../support/samplers.ts";

const samplers: Readonly<Record<string, Sampler>> = {
  naive: naiveSampler,
  "fixed-point": fixedPointSampler,
  ...incrementalSamplers,
};
beforeAll(() => useBackend("cpu"));

const table = product({
  overflow: Object.keys(overflows) as Overflow[],
  levels: [2, 3, 20],
  channels: [1, 3],
});

describe.each(table)("$overflow, $levels levels, $channels channels", ({ overflow, levels, channels }) => {
  const picture = { height: 3, width: 5, channels, levels };
  const model = overflowingModel(picture, overflow);
  const size = dimensions(picture);
  const given = darkPictures(picture);
  const { y, x, channel } = placeOf(picture);
  const place = (y * picture.width + x) * channels + channel;
  const options = { count: 6, firstIndex: 10, logProbabilities: false };
  const known = (isKnown: (element: number) => boolean) => ({
    levels: given,
    mask: Uint8Array.from(given, (_, at) => (isKnown(at % size) ? 1 : 0)),
  });

  describe.each(Object.entries(samplers))("%s", (_, sampler) => {
    it.each([1, 0.6, 0])("draws no such value, T = %f", async (temperature) => {
      const before = known((element) => element < place);
      const drawing = drawPictures(model, { ...options, sampler, temperature, known: before });
      await expect(drawing).rejects.toMatchObject(placeOf(picture));
      await expect(drawing).rejects.toThrow(
        `expected finite logits, got NaN or infinity for picture 14 at row 1, column ${x}, channel ${channel}`,
      );
    });

    it("scores no such value, but takes it as it is when nobody asks for its probability", async () => {
      const all = { ...options, sampler, known: known(() => true) };
      const { channel: _, ...pixel } = placeOf(picture);
      // It computes all channels of a pixel at once, and infinity times a weight that is 0 by its mask is NaN.
      const expected = sampler === fixedPointSampler ? pixel : placeOf(picture);
      const scoring = drawPictures(model, { ...all, logProbabilities: true });
      await expect(scoring).rejects.toMatchObject(expected);
      expect((await drawPictures(model, all)).levels).toEqual(given);
    });
  });

  it("predicts no such value", async () => {
    const bright = given.slice(4 * size, 5 * size);
    await expect(predict(model, bright)).rejects.toMatchObject({ ...placeOf(picture), picture: 0 });
    await predict(model, given.slice(0, size));
  });
});
