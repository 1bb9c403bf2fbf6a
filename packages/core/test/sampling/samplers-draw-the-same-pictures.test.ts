/** The incremental sampler against the naive one, which runs the whole network for every value. Ties are the only excuse. */
import { afterAll, describe, expect, it } from "vitest";
import { useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { foresightedNaiveSampler } from "../support/foresighted-naive-sampler.ts";
import { combinations } from "../support/pairwise.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../support/ties.ts";
import { embeddingOf, mixtureOf } from "../support/values.ts";

/** Two blocks of four, and one picture alone. */
const count = 9;
const found: TieCount[] = [];
afterAll(() => {
  expectFewTies(found);
});

const table = combinations({
  model: drawnModelNames,
  channels: [1, 3],
  levels: [2, 4, 256],
  components: [0, 3],
  embedding: [0, 3],
  classes: [0, 1, 3],
  size: [
    [3, 5],
    [6, 3],
  ],
  temperature: [1, 0.5, 0],
  backend: ["cpu", "wasm"],
  seed: [0, 7, 2 ** 40 + 1],
});

describe.each(table)(
  "$model, $channels channels, $levels levels, $components components, embedding of $embedding, $classes classes, $size, T = $temperature, $backend, seed $seed",
  ({
    model: name,
    channels,
    levels,
    components,
    embedding,
    classes,
    size: [height, width],
    temperature,
    backend,
    seed,
  }) => {
    it("draws the naive pictures", async () => {
      await useBackend(backend);
      const picture = { height, width, channels, levels };
      const model = smallModel(
        name,
        { picture, ...mixtureOf(components), ...embeddingOf(embedding), classes, dropout: 0.5 },
        1 + (seed % 5),
      );
      const labels = classes === 0 ? null : Array.from({ length: count }, (_, b) => (2 + b * 7) % classes);
      const options = { count, seed, temperature, firstIndex: 5, ...(labels && { classLabel: labels }) };
      const naive = await drawPictures(model, { ...options, sampler: foresightedNaiveSampler });
      const incremental = await drawPictures(model, options);

      const ties = await countTies(model, naive.levels, incremental.levels, { ...options, labels });
      found.push(ties);
      expectFewTies(found);
      if (ties.ties === 0) expectClose(incremental.logProbabilities, naive.logProbabilities, 5e-5);
      if (temperature > 0) expect(new Set(naive.levels).size).toBeGreaterThan(1);
    });
  },
);

describe("the comparison itself", () => {
  it("refuses pictures that differ at anything but a tie", async () => {
    await useBackend("wasm");
    for (const [levels, components] of [
      [2, 0],
      [4, 0],
      [256, 0],
      [5, 2],
    ] as const) {
      const picture = { height: 3, width: 3, channels: 3, levels };
      const model = smallModel("gated", { picture, ...mixtureOf(components) }, 2);
      for (const temperature of [1, 0]) {
        const options = { seed: 3, temperature, labels: null };
        const { levels: drawn } = await drawPictures(model, { seed: 3, temperature });
        expect(await countTies(model, drawn, drawn, options)).toEqual({ ties: 0, draws: 27 });
        for (const place of [0, 13, 26]) {
          const forged = drawn.slice();
          forged[place] = (forged[place]! + 1) % levels;
          await expect(countTies(model, drawn, forged, options)).rejects.toThrow(`value ${place}`);
        }
        const random = randomPictures(picture, 1);
        await expect(countTies(model, drawn, random, options)).rejects.toThrow("no tie");
      }
    }
  });

  it("allows one tie in 10,000 draws, begun ones counted", () => {
    expect(() => expectFewTies([{ ties: 1, draws: 100 }])).not.toThrow();
    expect(() =>
      expectFewTies([
        { ties: 1, draws: 9_000 },
        { ties: 1, draws: 1_000 },
      ]),
    ).toThrow();
    expect(() =>
      expectFewTies([
        { ties: 1, draws: 9_000 },
        { ties: 1, draws: 1_001 },
      ]),
    ).not.toThrow();
  });
});
