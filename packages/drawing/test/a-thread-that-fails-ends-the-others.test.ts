import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import type {} from "@pixelcnn/built-app/build-modules";
import { buildPreset, type Model } from "@pixelcnn/core";
import { initialise } from "@pixelcnn/core/training";
import type { DrawOptions } from "@pixelcnn/drawing";
import { afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";

let drawing: Pick<typeof import("@pixelcnn/drawing"), "drawOnThreads" | "drawPictures">;
beforeAll(async () => {
  drawing = await import(/* @vite-ignore */ inject("built")["packages/drawing/src/draw-pictures.ts"]!);
});

const workers: Worker[] = [];
const keep = (worker: Worker) => void workers.push(worker);
beforeEach(() => {
  workers.length = 0;
  process.on("worker", keep);
});
afterEach(() => {
  process.off("worker", keep);
});
/** Of a thread that has ended it is −1. */
const threadIds = () => workers.map(({ threadId }) => threadId);

const picture = { height: 5, width: 4, channels: 1, levels: 4 };
const start = initialise(buildPreset("gated", { picture, classes: 2, channels: 4, layers: 1 }), 0);
/** Class 0 opens a gate, class 1 shuts it, and what comes through overflows float32. */
const odd: Readonly<Record<string, (i: number, length: number) => number>> = {
  "block1.horizontalClass.bias": (i, length) => (i < length / 2 ? 200 : -200),
  "block1.residual.weight": () => 1e30,
  "head.weight": () => 1e30,
};
const weights = Array.from(start.weights, ([name, values]): [string, Float32Array] => [
  name,
  values.map((value, i) => odd[name]?.(i, values.length) ?? value),
]);
const model: Model = { ...start, weights: new Map(weights) };

function options(classLabel: readonly number[], signal = new AbortController().signal): DrawOptions {
  return { count: classLabel.length, batchSize: 1, seed: 5, classLabel, signal, onProgress: () => {} };
}

/** Seconds of drawing. */
const MANY = 100_000;

const thrownBy = (drawn: Promise<unknown>): Promise<Error> =>
  drawn.then(
    () => expect.fail("nothing failed"),
    (error: Error) => error,
  );

it("says what one thread would say, by the same class, and no other draws on", async () => {
  // The second has far more to draw than it can until the first has failed.
  const asked = options([...new Array(MANY).fill(0), ...new Array(MANY).fill(1)]);
  const thrown = await thrownBy(drawing.drawOnThreads(model, asked, 2));
  expect(threadIds()).toEqual([-1, -1]);
  const alone = await thrownBy(drawing.drawPictures(model, asked));
  expect(alone.name).toBe("LogitsError");
  expect(thrown.constructor).toBe(alone.constructor);
  expect({ ...thrown, message: thrown.message }).toEqual({ ...alone, message: alone.message });
});

it("says of an option what one thread would say", async () => {
  const asked = { ...options([1, 1]), temperature: -1 };
  const thrown = await thrownBy(drawing.drawOnThreads(model, asked, 2));
  const alone = await thrownBy(drawing.drawPictures(model, asked));
  expect(thrown.constructor).toBe(alone.constructor);
  expect(thrown.message).toBe(alone.message);
});

it("a signal has one listener however many threads there are, none behind, and ends them all", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const drawn = drawing.drawOnThreads(model, options(new Array(MANY).fill(1), signal), 12);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await setImmediate(); // until then Node tells nobody of them
  controller.abort();
  expect((await drawn).finished).toContain(false);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(threadIds()).toEqual(new Array(12).fill(-1));
});
