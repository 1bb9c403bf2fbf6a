/** Every incremental reader against the naive one, ties being the only excuse. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { naiveReader } from "../../src/tensors/naive-reader.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { combinations } from "../support/pairwise.ts";
import { incrementalReaders } from "../support/readers.ts";
import { modelNames, smallModel } from "../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../support/ties.ts";

/** A block of four, and one picture alone. */
const count = 5;
const found: TieCount[] = [];

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
});

describe.each(table)(
  "$model, $channels channels, $levels levels, $classes classes, $size, seed $seed",
  ({ seed, model: name, channels, levels, classes, size: [height, width] }) => {
    it("draws the naive reader's pictures", async () => {
      const model = smallModel(
        name,
        { picture: { height, width, channels, levels }, classes },
        1 + (seed % 3),
      );
      const labels = classes === 0 ? null : Array.from({ length: count }, (_, b) => (b * 2) % classes);
      const options = { count, seed, firstIndex: 2, temperature: 1, ...(labels && { classLabel: labels }) };
      const naive = await drawPictures(model, { ...options, reader: naiveReader });
      expect(new Set(naive.levels).size).toBeGreaterThan(1);
      for (const reader of Object.values(incrementalReaders)) {
        const drawn = await drawPictures(model, { ...options, reader });
        found.push(await countTies(model, naive.levels, drawn.levels, { ...options, labels }));
      }
      expectFewTies(found);
    });
  },
);
