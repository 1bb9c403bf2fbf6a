import { beforeAll, describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { smallModel } from "../support/small-models.ts";

const picture = { height: 4, width: 3, channels: 3, levels: 4 };
const size = dimensions(picture);
const model = smallModel("gated", { picture, classes: 4 });
const labels = [3, 1, 0, 2, 2, 0, 1];

type Drawn = Awaited<ReturnType<typeof drawPictures>>;

/** The same levels. A kernel may add in another order for another number of pictures, so scores agree but for rounding. */
function expectSame(drawn: Drawn, expected: Drawn) {
  expect(drawn.levels).toEqual(expected.levels);
  expectClose(drawn.logProbabilities, expected.logProbabilities, 1e-5);
}

describe.each([
  ["incremental", {}],
  ["naive", { sampler: naiveSampler }],
])("pictures of the %s sampler", (_, sampler) => {
  const options = { count: 7, seed: 4, classLabel: labels, ...sampler };
  /** In batches as they come. */
  let all: Drawn;
  beforeAll(async () => {
    await useBackend("cpu");
    all = await drawPictures(model, options);
  });

  it.each([1, 2, 3, 7, 100])("are the same in batches of %i", async (batchSize) => {
    expectSame(await drawPictures(model, { ...options, batchSize }), all);
  });

  it("are the same one by one, from any first index", async () => {
    for (const firstIndex of [0, 3, 6]) {
      const some = await drawPictures(model, {
        count: 7 - firstIndex,
        firstIndex,
        seed: 4,
        classLabel: labels.slice(firstIndex),
        ...sampler,
      });
      expectSame(some, {
        levels: all.levels.slice(firstIndex * size),
        logProbabilities: all.logProbabilities.slice(firstIndex * size),
      });
    }
  });

  it("differ by index, by seed and by class", async () => {
    const one = async (options: object) =>
      (await drawPictures(model, { classLabel: 0, ...sampler, ...options })).levels.join();
    const drawn = [
      await one({ seed: 4 }),
      await one({ seed: 4, firstIndex: 1 }),
      await one({ seed: 5 }),
      await one({ seed: 4 + 2 ** 32 }),
      await one({ seed: 4, classLabel: 1 }),
    ];
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(await one({ seed: 4 })).toBe(drawn[0]);
  });

  it("take a class label per picture, or one for all", async () => {
    const options = { count: 3, seed: 8, ...sampler };
    const mixed = await drawPictures(model, { ...options, classLabel: [1, 2, 1] });
    for (const [b, label] of [1, 2, 1].entries()) {
      const all = await drawPictures(model, { ...options, classLabel: label });
      expect(mixed.levels.slice(b * size, (b + 1) * size)).toEqual(
        all.levels.slice(b * size, (b + 1) * size),
      );
    }
  });

  it("at temperature 0 are the most probable ones whatever the seed", async () => {
    const at = async (seed: number) =>
      (await drawPictures(model, { seed, temperature: 0, classLabel: 3, ...sampler })).levels;
    const { levels, logProbabilities } = await drawPictures(model, {
      temperature: 0,
      classLabel: 3,
      ...sampler,
    });
    expect(await at(1)).toEqual(levels);
    expect(await at(2 ** 50)).toEqual(levels);
    // The most probable of four levels has a probability of at least 1/4, at temperature 1.
    for (const score of logProbabilities) expect(score).toBeGreaterThan(Math.log(1 / 4) - 1e-6);
  });
});
