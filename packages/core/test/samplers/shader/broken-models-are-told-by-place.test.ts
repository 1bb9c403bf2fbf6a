/** Logits that are not finite are an error here as in every other sampler, and so are those of TensorFlow.js on a GPU. */
import { dimensions } from "../../../src/picture.ts";
import "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { shaderSampler } from "../../../src/samplers/shader/index.ts";
import { fixedPointSampler } from "../../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../../src/tensors/naive-sampler.ts";
import { openDevice } from "../../support/dawn.ts";
import { useWebgpu } from "../../support/dawn-tensors.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import {
  darkPictures,
  type Overflow,
  overflowingModel,
  overflows,
  placeOf,
} from "../../support/overflowing-model.ts";
import { smallModel } from "../../support/small-models.ts";

const sampler = shaderSampler(await openDevice());
const kinds = Object.keys(overflows) as Overflow[];

/** Draws what follows the bright value, then scores all, then takes all as it is. */
async function expectFault(
  sampler: Sampler,
  picture: Parameters<typeof overflowingModel>[0],
  kind: Overflow,
) {
  const model = overflowingModel(picture, kind);
  const levels = darkPictures(picture);
  const { y, x, channel } = placeOf(picture);
  const place = (y * picture.width + x) * picture.channels + channel;
  const options = { count: 6, firstIndex: 10, sampler, logProbabilities: false };
  const before = Uint8Array.from(levels, (_, at) => (at % dimensions(picture) < place ? 1 : 0));
  for (const temperature of [1, 0]) {
    const drawing = drawPictures(model, { ...options, temperature, known: { levels, mask: before } });
    await expect(drawing).rejects.toMatchObject(placeOf(picture));
  }
  const all = { ...options, known: { levels, mask: before.map(() => 1) } };
  await expect(drawPictures(model, { ...all, logProbabilities: true })).rejects.toMatchObject({
    ...placeOf(picture),
    // Tensors hold all channels of a pixel at once, and infinity times a weight that is 0 by its mask is NaN.
    ...(sampler === fixedPointSampler && { channel: expect.any(Number) }),
  });
  expect((await drawPictures(model, all)).levels).toEqual(levels);
}

describe.each(kinds)("%s", (kind) => {
  it.each([
    [2, 3],
    [3, 1],
    [20, 3],
  ])("by the shader, %i levels, %i channels", async (levels, channels) => {
    await expectFault(sampler, { height: 3, width: 5, channels, levels }, kind);
  });
});

describe("by tensors on a GPU", () => {
  it.each([naiveSampler, fixedPointSampler])("$name", async (sampler) => {
    await useWebgpu();
    await expectFault(sampler, { height: 3, width: 5, channels: 1, levels: 3 }, "NaN");
  });
});

it("the coldest temperature draws what 0 draws", async () => {
  for (const levels of [2, 3, 20]) {
    const model = smallModel("naive", { picture: { height: 3, width: 4, channels: 1, levels }, layers: 1 });
    const options = { count: 3, sampler };
    const cold = await drawPictures(model, { ...options, temperature: 1e-30 });
    expect(cold).toEqual(await drawPictures(model, { ...options, temperature: 0 }));
  }
});
