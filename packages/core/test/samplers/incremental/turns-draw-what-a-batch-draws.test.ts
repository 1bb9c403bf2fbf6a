/** Networks with attention are drawn in groups, a row of each in turn: the same pictures, scores, frames and faults as in one batch. */
import { expect, it } from "vitest";
import { LogitsError } from "../../../src/likelihoods/logits-error.ts";
import type { Model } from "../../../src/network/model.ts";
import { drawBatch } from "../../../src/samplers/incremental/draw-batch.ts";
import { simdSampler } from "../../../src/samplers/incremental/index.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { pinnedPasses } from "../../support/cached-passes.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { smallModel } from "../../support/small-models.ts";

const picture = { height: 4, width: 5, channels: 3, levels: 4 };
const model = smallModel("snail", { picture, classes: 3 });
const inOneBatch: Sampler = {
  name: "one batch",
  draw: async function* (model, request) {
    yield* drawBatch(model, request, await pinnedPasses.simd(model, request.count, request.labels));
  },
};

it.each([3, 5, 37])("%i pictures", async (count) => {
  const classLabel = Array.from({ length: count }, (_, i) => i % 3);
  const options = { count, batchSize: count, seed: 4, firstIndex: 7, classLabel };
  const whole = await drawPictures(model, { ...options, sampler: inOneBatch });
  expect(await drawPictures(model, { ...options, sampler: simdSampler("simd") })).toEqual(whole);
});

it("a model that breaks is told by the same place", async () => {
  const weights = new Map(
    [...model.weights].map(([name, values]) => [name, values.map((value) => value * 1e18)]),
  );
  const broken: Model = { ...model, weights };
  const faults = await Promise.all(
    [inOneBatch, simdSampler("simd")].map((sampler) =>
      drawPictures(broken, { count: 13, batchSize: 13, seed: 4, classLabel: 1, sampler }).catch(
        (error) => error,
      ),
    ),
  );
  expect(faults[0]).toBeInstanceOf(LogitsError);
  expect(faults[1]).toEqual(faults[0]);
});
