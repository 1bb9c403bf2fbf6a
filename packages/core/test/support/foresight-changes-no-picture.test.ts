/** The naive sampler that guesses, against the one that does not: with guesses that are right, wrong somewhere, and wrong everywhere. */
import { beforeAll, expect, it } from "vitest";
import { incrementalSampler } from "../../src/samplers/incremental/sampler.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "./backends.ts";
import { expectClose } from "./close.ts";
import { drawPictures } from "./draw-pictures.ts";
import { foresighted } from "./foresighted-naive-sampler.ts";
import { smallModel } from "./small-models.ts";

beforeAll(() => useBackend("wasm"));

const guessers: Record<string, Sampler> = {
  right: incrementalSampler,
  "wrong at one value of one picture": {
    name: "wrong once",
    async *draw(model, request) {
      yield* incrementalSampler.draw(model, request);
      request.pixels[40] = (request.pixels[40]! + 1) % model.network.picture.levels;
    },
  },
  "wrong from the first value": {
    name: "wrong",
    async *draw(model, request) {
      yield* incrementalSampler.draw(model, { ...request, seed: request.seed + 1 });
    },
  },
};

it.each(Object.entries(guessers))("guesses that are %s", async (_, guesser) => {
  const model = smallModel(
    "gated",
    { picture: { height: 3, width: 4, channels: 3, levels: 16 }, classes: 3 },
    4,
  );
  const mask = Uint8Array.from({ length: 3 * 36 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  const known = { levels: mask.map((_, i) => i % 16), mask };
  for (const given of [{}, { known }]) {
    const options = { count: 3, seed: 6, firstIndex: 1, classLabel: [2, 0, 1], ...given };
    const naive = await drawPictures(model, { ...options, sampler: naiveSampler });
    const foreseen = await drawPictures(model, { ...options, sampler: foresighted(guesser) });
    expect(foreseen.levels).toEqual(naive.levels);
    expectClose(foreseen.logProbabilities, naive.logProbabilities, 1e-6);
  }
});
