/** The shader reader against the naive one, ties being the only excuse. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shaderReader } from "../../src/shader/index.ts";
import { naiveReader } from "../../src/tensors/naive-reader.ts";
import { useBackend } from "../support/backends.ts";
import { openDevice } from "../support/dawn.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { combinations } from "../support/pairwise.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { modelNames, smallModel } from "../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../support/ties.ts";

const count = 3;
const found: TieCount[] = [];
const reader = shaderReader(await openDevice());

beforeAll(() => useBackend("wasm"));
afterAll(() => expectFewTies(found));

const table = combinations({
  seed: [0, 11, 2 ** 45 + 3],
  model: modelNames,
  channels: [1, 3],
  levels: [2, 16, 256],
  classes: [0, 3],
  size: [
    [6, 6],
    [5, 8],
  ],
}).map((row, i) => ({ ...row, temperature: [1, 0.5, 0][i % 3]!, known: i % 4 === 1 }));

describe.each(table)(
  "$model, $channels channels, $levels levels, $classes classes, $size, T = $temperature, known $known, seed $seed",
  ({ seed, model: name, channels, levels, classes, size: [height, width], temperature, known }) => {
    it("draws the naive reader's pictures, with their log-probabilities", async () => {
      const picture = { height, width, channels, levels };
      const model = smallModel(name, { picture, classes }, 1 + (seed % 3));
      const labels = classes === 0 ? null : [2, 0, 1];
      const given = randomPictures(picture, count, 3);
      const mask = Uint8Array.from(given, (_, i) => ((i * i + (i >> 3)) % 3 === 0 ? 1 : 0));
      const options = {
        count,
        seed,
        firstIndex: 2,
        temperature,
        ...(labels && { classLabel: labels }),
        ...(known && { known: { levels: given, mask } }),
      };
      const naive = await drawPictures(model, { ...options, reader: naiveReader });
      if (temperature > 0) expect(new Set(naive.levels).size).toBeGreaterThan(1);
      const drawn = await drawPictures(model, { ...options, reader });
      const ties = await countTies(model, naive.levels, drawn.levels, { ...options, labels });
      found.push(ties);
      expectFewTies(found);
      if (ties.ties > 0) return;
      naive.logProbabilities.forEach((score, i) => {
        expect(Math.abs(score - drawn.logProbabilities[i]!)).toBeLessThan(5e-5);
      });
    });
  },
);
