/** The fixed-point sampler against the naive one on the same backend and batch: without any excuse. */

import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { dimensions } from "../../src/picture.ts";
import { sample } from "../../src/sampling/sample.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { backends, useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { combinations } from "../support/pairwise.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { modelNames, smallModel } from "../support/small-models.ts";

const count = 3;

const table = combinations({
  seed: [0, 11, 2 ** 45 + 3],
  model: modelNames,
  channels: [1, 3],
  levels: [2, 16, 256],
  classes: [0, 3],
  size: [
    [5, 3],
    [3, 6],
  ],
  temperature: [1, 0.5, 0],
  known: [false, true],
  backend: backends,
});

describe.each(table)(
  "$model, $channels channels, $levels levels, $classes classes, $size, T = $temperature, known $known, $backend, seed $seed",
  ({ seed, model: name, channels, levels, classes, size: [height, width], temperature, known, backend }) => {
    it("draws exactly the naive pictures, with their log-probabilities", async () => {
      await useBackend(backend);
      const picture = { height, width, channels, levels };
      const model = smallModel(name, { picture, classes }, 1 + (seed % 3));
      const given = randomPictures(picture, count, 3);
      const mask = Uint8Array.from(given, (_, i) => ((i * i + (i >> 3)) % 3 === 0 ? 1 : 0));
      const options = {
        count,
        seed,
        temperature,
        firstIndex: 4,
        ...(classes > 0 && { classLabel: [2, 0, 1] }),
        ...(known && { known: { levels: given, mask } }),
      };
      const naive = await drawPictures(model, { ...options, sampler: naiveSampler });
      expect(await drawPictures(model, { ...options, sampler: fixedPointSampler })).toEqual(naive);
    });
  },
);

describe("a fixed-point drawing", () => {
  const picture = { height: 6, width: 5, channels: 3, levels: 4 };
  const model = smallModel("gated", { picture, classes: 2 });
  const options = { count: 4, seed: 2, classLabel: [0, 1, 1, 0], sampler: fixedPointSampler };

  it("grows, never changes what is final, and needs fewer passes than there are values", async () => {
    await useBackend("wasm");
    const { levels } = await drawPictures(model, options);
    const size = dimensions(picture);
    let passes = 0;
    let before = 0;
    for await (const { pixels, position } of sample(model, options)) {
      passes++;
      expect(position).toBeGreaterThanOrEqual(before);
      before = position;
      for (let b = 0; b < 4; b++) {
        const [from, to] = [b * size, b * size + position * 3];
        expect(pixels.slice(from, to)).toEqual(levels.slice(from, to));
        // Forecasts are nobody's business: at most the values of one unfinished position follow.
        expect(pixels.slice(to + 3, from + size).every((level) => level === 0)).toBe(true);
      }
    }
    expect(before).toBe(30);
    expect(passes).toBeGreaterThan(1);
    expect(passes).toBeLessThan(size);
  });

  it("is over after one pass when everything is known", async () => {
    const levels = randomPictures(picture, 4, 5).map((level) => level % 4);
    const known = { levels, mask: new Uint8Array(levels.length).fill(1) };
    const positions: number[] = [];
    for await (const frame of sample(model, { ...options, known })) positions.push(frame.position);
    expect(positions).toEqual([30]);
  });

  it("leaves no tensor, whether it ends, is stopped or fails", async () => {
    await useBackend("wasm");
    await drawPictures(model, options);
    const before = memory().numTensors;
    await drawPictures(model, options);
    expect(memory().numTensors).toBe(before);
    for await (const _ of sample(model, options)) break;
    expect(memory().numTensors).toBe(before);
    const stopped = new AbortController();
    stopped.abort(new Error("enough"));
    const drawing = drawPictures(model, { ...options, signal: stopped.signal });
    await expect(drawing).rejects.toThrow("enough");
    expect(memory().numTensors).toBe(before);
  });
});
