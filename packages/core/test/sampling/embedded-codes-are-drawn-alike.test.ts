/**
 * Codes by the thousand, read through a table: every sampler writes the row that a level names where it would have written the level, and so draws what
 * the naive one draws.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { compress, decompress } from "../../src/compression/compress.ts";
import { dimensions } from "../../src/picture.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { drawDeepPictures } from "../support/draw-pictures.ts";
import { randomLevels } from "../support/random-pictures.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { smallModel } from "../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../support/ties.ts";

beforeAll(() => useBackend("wasm"));

/** Blocks of four pictures, and two more by themselves. */
const count = 6;

describe.each([
  { name: "gated", levels: 1024, channels: 1, embedding: 8 },
  { name: "gated", levels: 1024, channels: 3, embedding: 3 },
  { name: "pixelcnn++", levels: 16_384, channels: 1, embedding: 16 },
  { name: "local", levels: 2048, channels: 3, embedding: 2 },
] as const)(
  "$name, $levels levels, $channels channels, embedding of $embedding",
  ({ name, levels, channels, embedding }) => {
    const picture = { height: 2, width: 4, channels, levels };
    const model = smallModel(name, { picture, layers: 1, embedding }, 4);
    const past = randomLevels(picture, count);
    const mask = Uint8Array.from(past, (_, i) => ((i * i + (i >> 3)) % 3 === 0 ? 1 : 0));
    const known = { levels: past, mask };

    it.each([
      { temperature: 1, isKnown: false },
      { temperature: 0.6, isKnown: true },
      { temperature: 0, isKnown: false },
    ])("T = $temperature, known values: $isKnown", async ({ temperature, isKnown }) => {
      const options = { count, seed: 6, temperature, ...(isKnown && { known }) };
      const naive = await drawDeepPictures(model, { ...options, sampler: naiveSampler });
      if (temperature > 0) expect(Math.max(...naive.levels)).toBeGreaterThan(255);
      if (isKnown) {
        past.forEach((level, i) => {
          if (mask[i] === 1) expect(naive.levels[i]).toBe(level);
        });
      }
      const pinned = await drawDeepPictures(model, { ...options, sampler: incrementalSamplers.scalar! });
      expect(await drawDeepPictures(model, { ...options, sampler: incrementalSamplers.simd! })).toEqual(
        pinned,
      );
      const found: TieCount[] = [];
      for (const sampler of [...Object.values(incrementalSamplers), fixedPointSampler]) {
        const drawn = await drawDeepPictures(model, { ...options, sampler });
        const ties = await countTies(model, naive.levels, drawn.levels, { ...options, labels: null });
        found.push(ties);
        if (ties.ties > 0) continue;
        expectClose(drawn.logProbabilities, naive.logProbabilities, 5e-5);
      }
      expectFewTies(found);
    });

    it("are the same pictures one by one", async () => {
      const together = await drawDeepPictures(model, { count, seed: 2 });
      const single = await drawDeepPictures(model, { count, seed: 2, batchSize: 1 });
      expect(single.levels).toEqual(together.levels);
    });

    it("come back from a file", async () => {
      const messages = await compress(model, past);
      expect(await decompress(model, messages, count)).toEqual(past);
    });

    it("move what follows them, and nothing else", async () => {
      const at = channels * 5;
      const other = past.slice();
      other[at] = (other[at]! + levels / 2) % levels;
      const [before, after] = await Promise.all(
        [past, other].map(async (levels) => {
          const everything = { levels, mask: new Uint8Array(levels.length).fill(1) };
          return (await drawDeepPictures(model, { count, known: everything })).logProbabilities;
        }),
      );
      const size = dimensions(picture);
      const moved = [...before!.keys()].filter((i) => before![i] !== after![i] && i !== at);
      expect(moved.length).toBeGreaterThan(0);
      for (const i of moved) expect(i > at && i < size).toBe(true);
    });
  },
);
