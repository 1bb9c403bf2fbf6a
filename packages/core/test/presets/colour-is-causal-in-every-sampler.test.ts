/**
 * R, then G, then B: which channel of a pixel moves which, written out, for every model and every sampler. The table of all
 * offsets is in causality-by-perturbation; this one is the part that peers get wrong.
 *
 * Readers that draw show log-probabilities of what stands there, so whether a channel knows *itself* cannot be seen from a
 * movement. But Σ_k p(level k | the picture with level k there) is 1 only when the distribution does not know the level.
 */
import { expect, it } from "vitest";
import type { Model } from "../../src/network/model.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { type Backend, useBackend } from "../support/backends.ts";
import { scorePictures } from "../support/draw-pictures.ts";
import { tensorLogits } from "../support/logits.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";

const channels = 3;
const levels = 4;
/** One row of three pixels; the middle one is changed. */
const picture = { height: 1, width: 3, channels, levels };
const size = 3 * channels;
const middle = channels;

/** The models of all tests by name and trial: random weights take longer to make than to be seen. */
const models = new Map<string, Model>();

function modelOf(name: (typeof drawnModelNames)[number], trial: number): Model {
  const key = `${name} ${trial}`;
  const model = models.get(key) ?? smallModel(name, { picture }, trial);
  models.set(key, model);
  return model;
}

/** Sets of weights, and pictures for each of them: a ReLU hides a path in some. */
const TRIALS = 6;
const PICTURES = 5;

/** Numbers of every value of a batch of pictures: logits, or log-probabilities of what stands there. */
type Observe = (model: Model, pictures: Uint8Array, count: number) => Promise<Float32Array>;

function logitsOn(backend: Backend): Observe {
  return async (model, pictures, count) => {
    await useBackend(backend);
    return tensorLogits(model, pictures, count);
  };
}

function scoresBy(sampler: Sampler): Observe {
  return async (model, pictures, count) => {
    await useBackend("wasm");
    return scorePictures(model, pictures, { count, batchSize: count, sampler });
  };
}

const drawing = { naive: naiveSampler, "fixed-point": fixedPointSampler, ...incrementalSamplers };
const samplers: [name: string, observe: Observe][] = [
  ["tensors on cpu", logitsOn("cpu")],
  ["tensors on wasm", logitsOn("wasm")],
  ...Object.entries(drawing).map(([name, sampler]): [string, Observe] => [name, scoresBy(sampler)]),
];
const table = drawnModelNames.flatMap((model) =>
  samplers.map(([sampler, observe]) => ({ model, sampler, observe })),
);

const nine = ["R", "G", "B"].flatMap((from) => ["R", "G", "B"].map((to) => `${from} moves ${to}`));

it.each(table)("$model, $sampler: R moves G and B, G moves B, and nothing else", async (row) => {
  const moves = { left: new Set<string>(), same: new Set<string>(), right: new Set<string>() };
  for (let trial = 1; trial <= TRIALS; trial++) {
    const model = modelOf(row.model, trial);
    const pictures = randomPictures(picture, PICTURES, 2 * trial);
    const steps = randomPictures(picture, PICTURES, 2 * trial + 1);
    // Every picture once a channel; copy c of it is changed in channel c of the middle pixel.
    const copies = PICTURES * channels;
    const same = Uint8Array.from({ length: copies * size }, (_, i) => {
      const copy = Math.floor(i / size);
      return pictures[Math.floor(copy / channels) * size + (i % size)]!;
    });
    const changed = same.map((level, i) => {
      const [copy, value] = [Math.floor(i / size), i % size];
      if (value !== middle + (copy % channels)) return level;
      return (level + 1 + (steps[Math.floor(copy / channels) * size + value]! % (levels - 1))) % levels;
    });
    // Both in one batch, whose pictures know nothing of each other.
    const seen = await row.observe(model, Uint8Array.from([...same, ...changed]), 2 * copies);
    const before = seen.subarray(0, seen.length / 2);
    const after = seen.subarray(seen.length / 2);
    const each = before.length / (copies * size);
    const scores = each === 1;
    for (let copy = 0; copy < copies; copy++) {
      const c = copy % channels;
      for (let value = 0; value < size; value++) {
        if (scores && value === middle + c) continue; // another level, not other logits
        const start = (copy * size + value) * each;
        if (!before.slice(start, start + each).some((number, k) => number !== after[start + k])) continue;
        const place = value < middle ? "left" : value < middle + channels ? "same" : "right";
        moves[place].add(`${"RGB"[c]} moves ${"RGB"[value % channels]}`);
      }
    }
  }
  expect([...moves.left]).toEqual([]);
  expect([...moves.same].sort()).toEqual(["G moves B", "R moves B", "R moves G"]);
  expect([...moves.right].sort()).toEqual([...nine].sort());
});

it.each(table.filter(({ sampler }) => sampler in drawing))(
  "$model, $sampler: no channel knows its own level",
  async ({ model: name, observe }) => {
    for (let trial = 1; trial <= 5; trial++) {
      const model = modelOf(name, trial);
      const one = randomPictures(picture, 1, trial);
      // Picture value·K + k of the batch has level k as its value of that number.
      const pictures = Uint8Array.from({ length: size * levels * size }, (_, i) => {
        const picture = Math.floor(i / size);
        return i % size === Math.floor(picture / levels) ? picture % levels : one[i % size]!;
      });
      const scores = await observe(model, pictures, size * levels);
      for (let value = 0; value < size; value++) {
        let sum = 0;
        for (let level = 0; level < levels; level++) {
          sum += Math.exp(scores[(value * levels + level) * size + value]!);
        }
        expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
      }
    }
  },
);
