/**
 * Graphs that no preset builds, on every incremental sampler. Readers score the same given pictures, so nothing can differ from
 * the float64 loops of the reference but rounding; and they draw the naive sampler's pictures.
 */

import { afterAll, beforeAll, it } from "vitest";
import { naiveSampler } from "../../../src/tensors/naive-sampler.ts";
import { forAnyModel } from "../../support/any-model.ts";
import { useBackend } from "../../support/backends.ts";
import { expectClose } from "../../support/close.ts";
import { drawPictures, scorePictures } from "../../support/draw-pictures.ts";
import { picturesOf } from "../../support/random-graph.ts";
import { referenceLogits } from "../../support/reference-forward.ts";
import { incrementalSamplers } from "../../support/samplers.ts";
import { countTies, expectFewTies, type TieCount } from "../../support/ties.ts";
import { scoreAt } from "../../support/values.ts";

const full = Boolean(process.env.PIXELCNN_FULL);
const found: TieCount[] = [];
beforeAll(() => useBackend("wasm"));
afterAll(() => expectFewTies(found));

it("scores pictures as the reference does, whatever the graph, the size and the batch", async () => {
  await forAnyModel({ numRuns: full ? 2000 : 150, most: 9 }, async ({ choose, model, count, labels }) => {
    const { picture } = model.network;
    const levels = picturesOf(picture, count, choose);
    const logits = referenceLogits(model.network, model.weights, levels, count, {
      ...(labels && { labels }),
    });
    const expected = Array.from(levels, (_, i) => scoreAt(model.network, logits, levels, i));
    // A score is a difference of logits: its rounding is that of the largest, not its own.
    const largest = logits.reduce((most, logit) => Math.max(most, Math.abs(logit)), 1);
    for (const sampler of Object.values(incrementalSamplers)) {
      const options = { count, batchSize: count, sampler, ...(labels && { classLabel: labels }) };
      const scores = await scorePictures(model, levels, options);
      expectClose(scores, expected, 2e-5 * largest);
    }
  });
}, 600_000);

it("draws the naive sampler's pictures, whatever the graph", async () => {
  await forAnyModel({ numRuns: full ? 400 : 25, most: 5 }, async ({ choose, model, count, labels }) => {
    const seed = choose(1000);
    const options = { count, seed, ...(labels && { classLabel: labels }) };
    const naive = await drawPictures(model, { ...options, sampler: naiveSampler });
    for (const sampler of Object.values(incrementalSamplers)) {
      const drawn = await drawPictures(model, { ...options, sampler });
      found.push(await countTies(model, naive.levels, drawn.levels, { seed, temperature: 1, labels }));
      expectFewTies(found);
    }
  });
}, 600_000);
