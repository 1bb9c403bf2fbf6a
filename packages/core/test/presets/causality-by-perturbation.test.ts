/**
 * Causality, proved from outside: change one value of a picture and see which logits move. With random weights exactly those
 * move that have a path to it (and `sees` predicts them); all others stay equal to the last bit.
 *
 * A ReLU can hide a path in one picture with one set of weights, so movement is collected over several of both. Nothing
 * excuses a movement that was not predicted.
 */

import { describe, expect, it } from "vitest";
import type { Model } from "../../src/network/model.ts";
import { PLANES } from "../../src/network/operations/planes.ts";
import { seesOf } from "../../src/network/sees.ts";
import { dimensions, type PictureShape } from "../../src/picture.ts";
import type { AllPresetOptions, PresetName } from "../../src/presets/build-preset.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { fixedPointSampler } from "../../src/tensors/fixed-point-sampler.ts";
import { type Backend, useBackend } from "../support/backends.ts";
import { scorePictures } from "../support/draw-pictures.ts";
import { tensorLogits } from "../support/logits.ts";
import { combinations } from "../support/pairwise.ts";
import { valuesThatReach } from "../support/paths.ts";
import { randomPictures } from "../support/random-pictures.ts";
import { incrementalSamplers } from "../support/samplers.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";
import { embeddingOf, logitsPerChannel } from "../support/values.ts";

/** Sets of weights and pictures to try before a path counts as missing. */
const MOST_TRIALS = 40;

/** Presets that are also told where a pixel lies: planes look at nothing, and so move nothing. */
const placed = { "local with planes": "local", "pixelcnn++ with planes": "pixelcnn++" } as const;
const names = [...drawnModelNames, ...(Object.keys(placed) as (keyof typeof placed)[])];

function build(name: (typeof names)[number], options: AllPresetOptions, trial?: number): Model {
  if (!(name in placed)) return smallModel(name as PresetName, options, trial);
  return smallModel(placed[name as keyof typeof placed], { ...options, planes: PLANES }, trial);
}

/** What a sampler tells about every value of a batch of pictures: as many numbers per value as it likes. */
type Observe = (model: Model, pictures: Uint8Array, count: number) => Promise<Float32Array>;

const labels = (model: Model, count: number) =>
  model.network.classes === 0 ? null : Array.from({ length: count }, (_, b) => b % model.network.classes);

function tensorReader(backend: Backend): Observe {
  return async (model, pictures, count) => {
    await useBackend(backend);
    return tensorLogits(model, pictures, count, labels(model, count));
  };
}

/** Readers that draw show their logits only by the log-probability of the level that stands there. */
function drawingReader(sampler: Sampler): Observe {
  return async (model, pictures, count) => {
    await useBackend("wasm");
    const classLabel = labels(model, count);
    return scorePictures(model, pictures, {
      count,
      batchSize: count,
      sampler,
      ...(classLabel && { classLabel }),
    });
  };
}

const logitReaders: Readonly<Record<string, Observe>> = {
  cpu: tensorReader("cpu"),
  wasm: tensorReader("wasm"),
};
const samplers: Readonly<Record<string, Observe>> = {
  ...logitReaders,
  "fixed-point": drawingReader(fixedPointSampler),
  ...Object.fromEntries(
    Object.entries(incrementalSamplers).map(([name, sampler]) => [name, drawingReader(sampler)]),
  ),
};

/** A batch of copies of one picture, and the same batch with value b of copy b changed to another level. */
function perturbations(picture: PictureShape, trial: number) {
  const size = dimensions(picture);
  const [one, steps] = [randomPictures(picture, 1, 2 * trial), randomPictures(picture, 1, 2 * trial + 1)];
  const same = new Uint8Array(size * size);
  for (let b = 0; b < size; b++) same.set(one, b * size);
  const changed = same.slice();
  for (let b = 0; b < size; b++) {
    const step = 1 + (steps[b]! % (picture.levels - 1));
    changed[b * size + b] = (one[b]! + step) % picture.levels;
  }
  return { same, changed };
}

const table = combinations({
  model: names,
  channels: [1, 3],
  levels: [2, 4, 256],
  embedding: [0, 2],
  size: [
    [5, 5],
    [4, 7],
  ],
  classes: [0, 1, 3],
  sampler: Object.keys(samplers),
});

describe.each(table)(
  "$model, $channels channels, $levels levels, embedding of $embedding, $size, $classes classes, $sampler",
  ({ model: name, channels, levels, embedding, size: [height, width], classes, sampler }) => {
    const picture = { height, width, channels, levels };
    const size = dimensions(picture);

    it("moves exactly the logits that have a path to what changed", async () => {
      const place = (i: number) => {
        const position = Math.floor(i / channels);
        return { y: Math.floor(position / width), x: position % width, c: i % channels };
      };
      const { network } = build(name, { picture, classes, ...embeddingOf(embedding) });
      const sees = seesOf(network).get(network.output)!;
      const paths = valuesThatReach(network);
      const missing = new Set<number>(); // value · size + logits
      for (let value = 0; value < size; value++) {
        for (let logits = 0; logits < size; logits++) {
          if (paths[logits]![value] === 1) missing.add(value * size + logits);
        }
      }
      expect(missing.size).toBeGreaterThan(0);

      for (let trial = 1; trial <= MOST_TRIALS && missing.size > 0; trial++) {
        const model = build(name, { picture, classes, ...embeddingOf(embedding) }, trial);
        const { same, changed } = perturbations(picture, trial);
        const before = await samplers[sampler]!(model, same, size);
        const after = await samplers[sampler]!(model, changed, size);
        const each = before.length / (size * size);
        expect(each).toBe(sampler in logitReaders ? logitsPerChannel(picture) : 1);
        for (let value = 0; value < size; value++) {
          for (let logits = 0; logits < size; logits++) {
            // The log-probability of the changed level itself: another level, not other logits.
            if (!(sampler in logitReaders) && logits === value) continue;
            const start = (value * size + logits) * each;
            let moved = false;
            for (let k = start; k < start + each; k++) moved ||= before[k] !== after[k];
            if (!moved) continue;
            missing.delete(value * size + logits);
            const [from, to] = [place(value), place(logits)];
            const offset = { dy: from.y - to.y, dx: from.x - to.x, channel: from.c };
            if (!sees[to.c]!.has(offset) || paths[logits]![value] === 0) {
              throw new Error(`logits at ${JSON.stringify(to)} moved with ${JSON.stringify(from)}`);
            }
          }
        }
      }
      const unmoved = [...missing].map((pair) => [place(Math.floor(pair / size)), place(pair % size)]);
      expect(unmoved).toEqual([]);
    });
  },
);
