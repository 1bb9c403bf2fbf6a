import { buildPreset } from "@pixelcnn/core";
import type { Dataset, Split } from "@pixelcnn/core/data";
import { drawPictures } from "@pixelcnn/drawing";
import { expect, it } from "vitest";
import { countCopies } from "../../src/evaluation/count-copies.ts";
import { randomModel } from "../support/tiny-model.ts";

const picture = { height: 4, width: 4, channels: 1, levels: 3 };
const model = randomModel(buildPreset("gated", { picture, classes: 0, channels: 4, layers: 1 }));
const drawing = {
  count: 20,
  seed: 0,
  batchSize: 8,
  signal: new AbortController().signal,
  onProgress: () => {},
};
const drawn = (await drawPictures(model, drawing)).pixels;

const splitOf = (indices: readonly number[], shift = 0): Split => ({
  length: indices.length,
  read(index, target, offset) {
    const start = indices[index]! * 16;
    for (let i = 0; i < 16; i++) target[offset + i] = (drawn[start + i]! + shift) % 3;
    return 0;
  },
});
const setOf = (train: Split): Dataset => ({
  ...picture,
  name: "drawn",
  unordered: true,
  classes: 0,
  train,
  validation: train,
  test: train,
});
const file = {
  model,
  preparation: { levels: 3, binarise: null },
  provenance: {
    dataset: "drawn",
    command: "",
    date: "2026-01-01",
    steps: 0,
    trainNats: null,
    validation: null,
    test: null,
  },
};
const options = { images: 20, epochs: 8, seed: 0, batchSize: 8 };

it("those that training had, and no others", async () => {
  expect(await countCopies(file, setOf(splitOf([0, 3, 19])), options)).toEqual({
    images: 20,
    copies: 3,
    trained: 3,
  });
  expect((await countCopies(file, setOf(splitOf([0, 3, 19], 1)), options)).copies).toBe(0);
});

it("of a set that has fresh pictures in every epoch, those of later epochs too", async () => {
  const train = { ...splitOf([0]), atEpoch: (epoch: number) => splitOf([Math.min(epoch - 1, 4)]) };
  expect(await countCopies(file, setOf(train), options)).toEqual({ images: 20, copies: 5, trained: 5 });
  const early = { ...options, epochs: 2 };
  expect(await countCopies(file, setOf(train), early)).toEqual({ images: 20, copies: 2, trained: 2 });
});
