/**
 * The shader sampler against the naive one, ties being the only excuse. Compiling takes a GPU in software seconds and drawing
 * nothing: models are as small as they can be, and every one draws at all temperatures, with and without known values.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../../src/network/model.ts";
import { shaderSampler } from "../../../src/samplers/shader/index.ts";
import { forAnyModel } from "../../support/any-model.ts";
import { useBackend } from "../../support/backends.ts";
import { expectClose } from "../../support/close.ts";
import { openDevice } from "../../support/dawn.ts";
import { drawDeepPictures, drawPictures } from "../../support/draw-pictures.ts";
import { foresightedNaiveSampler } from "../../support/foresighted-naive-sampler.ts";
import { combinations } from "../../support/pairwise.ts";
import { randomPictures } from "../../support/random-pictures.ts";
import { modelNames, smallModel } from "../../support/small-models.ts";
import { countTies, expectFewTies, type TieCount } from "../../support/ties.ts";
import { embeddingOf, mixtureOf } from "../../support/values.ts";

const full = Boolean(process.env.PIXELCNN_FULL);
const count = 3;
const found: TieCount[] = [];
const sampler = shaderSampler(await openDevice());

beforeAll(() => useBackend("wasm"));
afterAll(() => expectFewTies(found));

interface Drawn {
  readonly seed: number;
  readonly temperature: number;
}

/** Pictures of which nothing is known, and then as many of which something is: the naive sampler's passes are of all together. */
async function compare(model: Model, { seed, temperature }: Drawn): Promise<void> {
  const { picture, classes } = model.network;
  const options = { seed, temperature, firstIndex: 2 };
  const labels = classes === 0 ? null : Array.from({ length: 2 * count }, (_, b) => (2 * b) % classes);
  const levels = randomPictures(picture, 2 * count, 3);
  const values = levels.length / 2;
  const mask = Uint8Array.from(levels, (_, i) => (i >= values && (i * i + (i >> 3)) % 3 === 0 ? 1 : 0));
  const naive = await drawPictures(model, {
    ...options,
    count: 2 * count,
    ...(labels && { classLabel: labels }),
    known: { levels, mask },
    sampler: foresightedNaiveSampler,
  });
  for (const isKnown of [false, true]) {
    const half = <T>(all: { slice(start: number, end: number): T; length: number }) =>
      isKnown ? all.slice(all.length / 2, all.length) : all.slice(0, all.length / 2);
    const expected = { levels: half(naive.levels), logProbabilities: half(naive.logProbabilities) };
    if (temperature > 0) expect(new Set(expected.levels).size).toBeGreaterThan(1);
    const own = {
      ...options,
      firstIndex: isKnown ? options.firstIndex + count : options.firstIndex,
      labels: labels && half(labels),
    };
    const drawn = await drawPictures(model, {
      ...own,
      count,
      ...(own.labels && { classLabel: own.labels }),
      ...(isKnown && { known: { levels: half(levels), mask: half(mask) } }),
      batchSize: isKnown ? 2 : count,
      sampler,
    });
    const ties = await countTies(model, expected.levels, drawn.levels, own);
    found.push(ties);
    expectFewTies(found);
    if (ties.ties > 0) continue;
    expectClose(drawn.logProbabilities, expected.logProbabilities, 5e-5);
  }
}

const temperatures = [1, 0.6, 0];

const table = combinations({
  levels: [2, 3, 4, 5, 6, 7, 8, 9, 17, 33, 100, 255, 256],
  components: [0, 4],
  channels: [1, 3],
  classes: [0, 3],
  hidden: [3, 6],
}).map((row, i) => ({
  ...row,
  seed: [0, 11, 2 ** 45 + 3][i % 3]!,
  size: [
    [3, 4],
    [1, 7],
    [7, 1],
  ][i % 3]! as [number, number],
}));

it.each(table)(
  "$levels levels, $components components, $channels channels, $classes classes, $hidden hidden, $size, seed $seed",
  async ({ levels, components, channels, classes, hidden, size: [height, width], seed }) => {
    const picture = { height, width, channels, levels };
    const model = smallModel(
      "naive",
      { picture, ...mixtureOf(components), classes, layers: 1, channels: hidden },
      1 + (seed % 3),
    );
    for (const temperature of temperatures) await compare(model, { seed, temperature });
  },
);

it.each([
  ["categories", 300, 0, 0],
  ["a mixture", 65_536, 4, 0],
  ["categories by a table", 1024, 0, 6],
])("%s of %i levels", async (_, levels, components, embedding) => {
  const picture = { height: 2, width: 3, channels: 3, levels };
  const options = { picture, ...mixtureOf(components), ...embeddingOf(embedding) };
  const model = smallModel("naive", { ...options, layers: 1, channels: 3 }, 5);
  for (const temperature of [1, 0]) {
    const options = { count: 2, seed: 8, temperature };
    const naive = await drawDeepPictures(model, { ...options, sampler: foresightedNaiveSampler });
    if (temperature > 0) expect(Math.max(...naive.levels)).toBeGreaterThan(255);
    const drawn = await drawDeepPictures(model, { ...options, sampler });
    // Rounding moves a mean by hundredths of a level of 65,536, so that hardly a draw of a mixture is none of chance.
    const { ties } = await countTies(model, naive.levels, drawn.levels, { ...options, labels: null });
    if (components === 0) expect(ties).toBe(0);
  }
});

describe("in colour, two layers of", () => {
  const tables = ["gated", "local"] as const;
  it.each([
    ...modelNames.map((name) => ({ name, embedding: 0 })),
    ...tables.map((name) => ({ name, embedding: 4 })),
  ])("$name, embedding of $embedding", async ({ name, embedding }) => {
    const picture = { height: 3, width: 5, channels: 3, levels: 16 };
    const model = smallModel(name, { picture, classes: 2, ...embeddingOf(embedding) }, 3);
    for (const temperature of temperatures) await compare(model, { seed: 11, temperature });
  });
});

it("whatever the graph", async () => {
  await forAnyModel({ numRuns: full ? 60 : 4, most: 5 }, async ({ choose, model, labels, count }) => {
    const seed = choose(1000);
    const options = { count, seed, ...(labels && { classLabel: labels }) };
    const naive = await drawPictures(model, { ...options, sampler: foresightedNaiveSampler });
    const drawn = await drawPictures(model, { ...options, sampler });
    found.push(await countTies(model, naive.levels, drawn.levels, { seed, temperature: 1, labels }));
    expectFewTies(found);
  });
}, 600_000);
