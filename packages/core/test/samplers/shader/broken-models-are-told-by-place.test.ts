/** Logits that are not finite are an error here as in every other sampler, and so are those of TensorFlow.js on a GPU. */
import "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { shaderSampler } from "../../../src/samplers/shader/index.ts";
import { fixedPointSampler } from "../../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../../src/tensors/naive-sampler.ts";
import {
  type BrokenCase,
  brokenCases,
  expectNothingDrawn,
  expectNothingScored,
} from "../../support/broken-model.ts";
import { openDevice } from "../../support/dawn.ts";
import { useWebgpu } from "../../support/dawn-tensors.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { smallModel } from "../../support/small-models.ts";

const sampler = shaderSampler(await openDevice());

async function expectFault(sampler: Sampler, broken: BrokenCase): Promise<void> {
  for (const temperature of [1, 0]) await expectNothingDrawn(sampler, broken, temperature);
  await expectNothingScored(sampler, broken);
}

// A shader is compiled for each: every number of levels once, in colour but for one.
const compiled = brokenCases.filter(({ levels, channels }) => channels === (levels === 3 ? 1 : 3));

it.each(compiled)("by the shader, $overflow, $levels levels, $channels channels", async (broken) => {
  await expectFault(sampler, broken);
});

describe("by tensors on a GPU", () => {
  it.each([naiveSampler, fixedPointSampler])("$name", async (sampler) => {
    await useWebgpu();
    await expectFault(sampler, { overflow: "NaN", levels: 3, channels: 1 });
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
