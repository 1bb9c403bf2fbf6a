/**
 * Operations in odd places, computed by the tensor sampler, by the incremental one and by the plain loops of the reference.
 */

import { beforeAll, describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import { useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { drawPictures, scorePictures } from "../support/draw-pictures.ts";
import { foresightedNaiveSampler } from "../support/foresighted-naive-sampler.ts";
import { handBuilt } from "../support/hand-built.ts";
import { tensorLogits } from "../support/logits.ts";
import { randomWeights } from "../support/random-model.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { referenceLogits } from "../support/reference-forward.ts";
import { countTies, expectFewTies, type TieCount } from "../support/ties.ts";
import { scoreAt } from "../support/values.ts";

const labels = [2, 0, 1];
const count = labels.length;
const pictures = [
  { height: 5, width: 4, channels: 1, levels: 4 },
  { height: 4, width: 6, channels: 3, levels: 2 },
];

describe.each(pictures)("$height×$width×$channels, $levels levels", (picture) => {
  const ties: TieCount[] = [];
  beforeAll(() => useBackend("wasm"));

  it.each(handBuilt(picture))("%s", async (_, network) => {
    const model = randomWeights(network, 5);
    const levels = randomPictures(picture, count);
    const expected = referenceLogits(network, model.weights, levels, count, { labels });

    const logits = await tensorLogits(model, levels, count, labels);
    expectClose(logits, expected, 2e-5);

    const scores = await scorePictures(model, levels, { count, classLabel: labels });
    expect(scores).toHaveLength(count * dimensions(picture));
    const exact = Array.from(levels, (_, i) => scoreAt(network, expected, levels, i));
    expectClose(scores, exact, 2e-5);

    const options = { count, classLabel: labels, seed: 9 };
    const naive = await drawPictures(model, { ...options, sampler: foresightedNaiveSampler });
    const incremental = await drawPictures(model, options);
    const found = await countTies(model, naive.levels, incremental.levels, {
      seed: 9,
      temperature: 1,
      labels,
    });
    ties.push(found);
    expectFewTies(ties);
  });
});
