/** Logits that are not finite are an error that names picture, position and channel, in every sampler. */

import { beforeAll, describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { predict } from "../../src/sampling/predict.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import {
  brokenCases,
  brokenModel,
  expectNothingDrawn,
  expectNothingScored,
} from "../support/broken-model.ts";
import { incrementalSamplers } from "../support/samplers.ts";

const samplers: Readonly<Record<string, Sampler>> = {
  naive: naiveSampler,
  "fixed-point": fixedPointSampler,
  ...incrementalSamplers,
};
beforeAll(() => useBackend("cpu"));

describe.each(brokenCases)("$overflow, $levels levels, $channels channels", (broken) => {
  describe.each(Object.entries(samplers))("%s", (_, sampler) => {
    it.each([1, 0.6, 0])("draws no such value, T = %f", async (temperature) => {
      await expectNothingDrawn(sampler, broken, temperature);
    });

    it("scores no such value, but takes it as it is when nobody asks for its probability", async () => {
      await expectNothingScored(sampler, broken);
    });
  });

  it("predicts no such value", async () => {
    const { picture, place, model, given } = brokenModel(broken);
    const size = dimensions(picture);
    const bright = given.slice(4 * size, 5 * size);
    await expect(predict(model, bright)).rejects.toMatchObject({ ...place, picture: 0 });
    await predict(model, given.slice(0, size));
  });
});
