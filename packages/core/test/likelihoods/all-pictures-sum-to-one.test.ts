/**
 * A normalised model gives all pictures of a shape a probability that sums to 1. It does so only if every value's
 * distribution is one, and conditions on nothing but earlier values.
 */

import { getBackend, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Model } from "../../src/network/model.ts";
import { dimensions, type PictureShape } from "../../src/picture.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { backends, useBackend } from "../support/backends.ts";
import { expectClose } from "../support/close.ts";
import { scorePictures } from "../support/draw-pictures.ts";
import { tensorLogits } from "../support/logits.ts";
import { natsOfPictures } from "../support/nats.ts";
import { drawnModelNames, smallModel } from "../support/small-models.ts";
import { mixtureOf } from "../support/values.ts";

/** Every picture of this shape, [K^(H·W·C), H, W, C]. */
function allPictures(picture: PictureShape): { levels: Uint8Array; count: number } {
  const size = dimensions(picture);
  const count = picture.levels ** size;
  const levels = Uint8Array.from({ length: count * size }, (_, i) => {
    const digit = picture.levels ** (i % size);
    return Math.floor(Math.floor(i / size) / digit) % picture.levels;
  });
  return { levels, count };
}

const shapes = [
  [16, { height: 2, width: 2, channels: 1, levels: 2 }],
  [81, { height: 2, width: 2, channels: 1, levels: 3 }],
  [64, { height: 1, width: 2, channels: 3, levels: 2 }],
  [64, { height: 3, width: 1, channels: 1, levels: 4 }],
] as const;

/** With what a mixture needs besides: channels that are tied, and levels with two edges and none. */
const mixtureShapes = [
  [64, { height: 1, width: 2, channels: 3, levels: 2 }],
  [125, { height: 1, width: 1, channels: 3, levels: 5 }],
  [729, { height: 2, width: 1, channels: 3, levels: 3 }],
  [81, { height: 2, width: 2, channels: 1, levels: 3 }],
] as const;
const cases = [
  ...shapes.map(([number, picture]) => ({ number, picture, components: 0 })),
  ...mixtureShapes.map(([number, picture], i) => ({ number, picture, components: 1 + (i % 3) })),
];

describe.each(drawnModelNames)("%s", (name) => {
  describe.each(cases)("all $number pictures of $picture, $components components", (each) => {
    const { number, picture, components } = each;
    const { levels, count } = allPictures(picture);
    const size = dimensions(picture);
    const models = [
      { model: smallModel(name, { picture, ...mixtureOf(components) }, 3), label: undefined },
      { model: smallModel(name, { picture, ...mixtureOf(components), classes: 2 }, 4), label: 1 },
    ];

    const losses = new Map<string, number[]>();
    /** On the current backend, computed once for all that is compared with it. */
    const lossOnce = async ({ model, label }: (typeof models)[number]) => {
      const key = `${getBackend()}, ${label}`;
      const nats = losses.get(key) ?? (await lossOf(model, levels, count, label));
      losses.set(key, nats);
      return nats;
    };

    it("are this many different ones", () => {
      const pictures = Array.from({ length: count }, (_, b) => levels.slice(b * size, (b + 1) * size).join());
      expect(new Set(pictures).size).toBe(number);
    });

    it.each(backends)("sum to 1 by the loss, on %s", async (backend) => {
      await useBackend(backend);
      for (const each of models) {
        const nats = await lossOnce(each);
        expect(nats).toHaveLength(number);
        expect(nats.reduce((sum, nll) => sum + Math.exp(-nll), 0)).toBeCloseTo(1, 5);
        // Not by being uniform.
        expect(Math.max(...nats) - Math.min(...nats)).toBeGreaterThan(0.1);
      }
    });

    describe.each(["incremental", "naive"])("by the %s sampler", (sampler) => {
      beforeAll(() => useBackend("wasm"));
      it("sum to 1, picture by picture as the loss says", async () => {
        for (const each of models) {
          const { model, label } = each;
          const scores = await scorePictures(model, levels, {
            count,
            batchSize: count,
            ...(label !== undefined && { classLabel: label }),
            ...(sampler === "naive" && { sampler: naiveSampler }),
          });
          const nats = Array.from({ length: count }, (_, b) =>
            scores.slice(b * size, (b + 1) * size).reduce((sum, score) => sum - score, 0),
          );
          expect(nats.reduce((sum, nll) => sum + Math.exp(-nll), 0)).toBeCloseTo(1, 5);
          expectClose(nats, await lossOnce(each), 1e-5 * size);
        }
      });
    });
  });
});

async function lossOf(model: Model, levels: Uint8Array, count: number, label: number | undefined) {
  const { picture } = model.network;
  const labels = label === undefined ? null : new Array<number>(count).fill(label);
  const logits = await tensorLogits(model, levels, count, labels);
  const nats = tidy(() => {
    const shape = (values: ArrayLike<number>) =>
      tensor4d(Float32Array.from(values), [
        count,
        picture.height,
        picture.width,
        values.length / (count * picture.height * picture.width),
      ]);
    return natsOfPictures(shape(logits), shape(levels), model.network);
  });
  try {
    return [...(await nats.data())];
  } finally {
    nats.dispose();
  }
}
