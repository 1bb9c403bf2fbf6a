/** Every incremental sampler, in batches of any size, against the naive one; ties are the only excuse. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../../support/backends.ts";
import { expectClose } from "../../support/close.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { foresightedNaiveSampler } from "../../support/foresighted-naive-sampler.ts";
import { combinations } from "../../support/pairwise.ts";
import { incrementalSamplers } from "../../support/samplers.ts";
import { drawnModelNames, smallModel } from "../../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../../support/ties.ts";

/** Three blocks of four, and one picture alone. */
const count = 13;
/**
 * With what is left at their ends (9 + 4, 8 + 5, 7 + 6, and one after threes and twos): one picture, two and three of a block, a whole one,
 * one and more left over, two and three blocks.
 */
const batchSizes = [2, 3, 7, 8, 9, 13];
const found: TieCount[] = [];

beforeAll(() => useBackend("wasm"));
afterAll(() => expectFewTies(found));

const table = combinations({
  levels: [2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 33, 100, 255, 256],
  size: [
    [3, 4],
    [1, 7],
    [7, 1],
  ],
  model: drawnModelNames,
  channels: [1, 3],
  temperature: [1, 0.6, 0],
  classes: [0, 3],
  hidden: [5, 10],
}).map((row, i) => ({ ...row, seed: [0, 11, 2 ** 45 + 3][i % 3]! }));

describe.each(table)(
  "$model of $hidden, $channels channels, $levels levels, $classes classes, $size, T = $temperature, seed $seed",
  ({ seed, model: name, hidden, channels, levels, classes, size: [height, width], temperature }) => {
    it("draws the naive sampler's pictures", async () => {
      const picture = { height, width, channels, levels };
      const model = smallModel(name, { picture, classes, channels: hidden }, 1 + (seed % 3));
      const labels = classes === 0 ? null : Array.from({ length: count }, (_, b) => (b * 2) % classes);
      const options = { count, seed, firstIndex: 2, temperature, ...(labels && { classLabel: labels }) };
      const naive = await drawPictures(model, { ...options, sampler: foresightedNaiveSampler });
      if (temperature > 0) expect(new Set(naive.levels).size).toBeGreaterThan(1);
      for (const sampler of Object.values(incrementalSamplers)) {
        const drawn = await drawPictures(model, { ...options, sampler });
        const ties = await countTies(model, naive.levels, drawn.levels, { ...options, labels });
        found.push(ties);
        expectFewTies(found);
        if (ties.ties === 0) expectClose(drawn.logProbabilities, naive.logProbabilities, 5e-5);
        // The same numbers added in the same order: no ties among batches. Nor does it matter whether scores are wanted.
        for (const batchSize of batchSizes) {
          const again = await drawPictures(model, {
            ...options,
            sampler,
            batchSize,
            logProbabilities: false,
          });
          expect(again.levels, `batches of ${batchSize}`).toEqual(drawn.levels);
        }
      }
    });
  },
);
