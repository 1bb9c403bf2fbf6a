import type {} from "@pixelcnn/built-app/build-modules";
import { buildPreset, type Model } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import { type DrawOptions, drawPictures, labelsInTurn } from "@pixelcnn/drawing";
import { beforeAll, expect, inject, it } from "vitest";

/** Built in one piece, as its threads are: each starts in a fraction of the time that it takes from source. */
let drawOnThreads: typeof import("@pixelcnn/drawing").drawOnThreads;
beforeAll(async () => {
  ({ drawOnThreads } = await import(
    /* @vite-ignore */ inject("built")["packages/drawing/src/draw-pictures.ts"]!
  ));
});

const picture = { height: 5, width: 4, channels: 1, levels: 4 };
const start = initialise(buildPreset("gated", { picture, classes: 3, channels: 4, layers: 1 }), 0);
/** Weights whose logits are not all 0. */
const weights = Array.from(start.weights, ([name, values]): [string, Float32Array] => [
  name,
  values.map((value, i) => value + Math.sin(i) / 4),
]);
const model: Model = { ...start, weights: new Map(weights) };

function options(signal = new AbortController().signal): DrawOptions & { readonly told: number[] } {
  const told: number[] = [];
  const classLabel = labelsInTurn(7, 3);
  return { count: 7, batchSize: 2, seed: 5, classLabel, signal, told, onProgress: (done) => told.push(done) };
}

it.each([2, 3, 7])("%i threads draw what one draws, and tell of every picture", async (threads) => {
  const one = await drawPictures(model, options());
  expect(new Set(one.pixels).size).toBeGreaterThan(1);
  const asked = options();
  expect(await drawOnThreads(model, asked, threads)).toEqual(one);
  expect(asked.told.at(-1)).toBe(7);
});

it("what is not finished when someone interrupts is not said to be", async () => {
  const drawn = await drawOnThreads(model, options(AbortSignal.abort()), 2);
  expect(drawn.finished).toEqual(new Array(7).fill(false));
});
