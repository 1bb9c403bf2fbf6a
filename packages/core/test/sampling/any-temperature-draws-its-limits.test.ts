/** The coldest temperature draws what 0 draws, the most probable levels; the hottest draws all levels alike, whatever the model. */

import { beforeAll, describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { smallModel } from "../support/small-models.ts";

const samplers: Readonly<Record<string, Sampler>> = {
  naive: naiveSampler,
  "fixed-point": fixedPointSampler,
  ...incrementalSamplers,
};
beforeAll(() => useBackend("wasm"));

describe.each([2, 3, 20])("%i levels", (levels) => {
  const picture = { height: 3, width: 4, channels: 3, levels };
  const size = dimensions(picture);
  const model = smallModel("pixelcnn", { picture, layers: 1 }, 4);
  const options = { count: 6, seed: 5, logProbabilities: false };

  it.each(Object.entries(samplers))("by the %s sampler", async (_, sampler) => {
    const at = async (temperature: number) =>
      (await drawPictures(model, { ...options, sampler, temperature })).levels;
    expect(await at(1e-30)).toEqual(await at(0));
    // p = 1/K each: the first level whose running sum (k + 1)/K passes u.
    const even = Uint8Array.from({ length: 6 * size }, (_, i) =>
      Math.floor(levels * uniform(5, Math.floor(i / size), i % size, Purpose.sample, 0, 0)),
    );
    expect(await at(1e30)).toEqual(even);
  });
});
