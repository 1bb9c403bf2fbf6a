/** The naive and the fixed-point sampler on TensorFlow.js's WebGPU backend: the pictures of all samplers. */
import "@tensorflow/tfjs";
import { memory, setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { sample } from "../../../src/sampling/sample.ts";
import { fixedPointSampler } from "../../../src/tensors/fixed-point-sampler.ts";
import { naiveSampler } from "../../../src/tensors/naive-sampler.ts";
import { useBackend } from "../../support/backends.ts";
import { expectClose } from "../../support/close.ts";
import { useWebgpu } from "../../support/dawn-tensors.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { combinations } from "../../support/pairwise.ts";
import { randomPictures } from "../../support/random-pictures.ts";
import { smallModel } from "../../support/small-models.ts";
import { countTies } from "../../support/ties.ts";
import { mixtureOf } from "../../support/values.ts";

const count = 2;
beforeAll(() => useWebgpu());

const table = process.env.PIXELCNN_FULL
  ? combinations({
      levels: [2, 5, 256],
      components: [0, 2, 3],
      channels: [1, 3],
      classes: [0, 2],
      temperature: [1, 0.5, 0],
      known: [false, true],
    })
  : ([
      // Each one seconds of work for a GPU in software, most of it compilation.
      { levels: 2, components: 0, channels: 1, classes: 2, temperature: 0.5, known: false },
      { levels: 5, components: 0, channels: 1, classes: 0, temperature: 0, known: true },
      { levels: 5, components: 0, channels: 3, classes: 0, temperature: 1, known: false },
      { levels: 5, components: 3, channels: 3, classes: 0, temperature: 0.5, known: true },
      { levels: 256, components: 2, channels: 3, classes: 0, temperature: 0, known: false },
    ] as const);

describe.each(table)(
  "$levels levels, $components components, $channels channels, $classes classes, T = $temperature, known $known",
  ({ levels, components, channels, classes, temperature, known }) => {
    it("draws the pictures of the samplers on the processor", async () => {
      const picture = { height: 3, width: 2, channels, levels };
      const model = smallModel(
        "naive",
        { picture, ...mixtureOf(components), classes, layers: 1, channels: 4 },
        3,
      );
      const given = randomPictures(picture, count, 3);
      const mask = Uint8Array.from(given, (_, i) => (i % 3 === 0 ? 1 : 0));
      const options = {
        count,
        seed: 6,
        firstIndex: 3,
        temperature,
        ...(classes > 0 && { classLabel: [1, 0] }),
        ...(known && { known: { levels: given, mask } }),
      };
      await setBackend("webgpu");
      const naive = await drawPictures(model, { ...options, sampler: naiveSampler });
      const fixedPoint = await drawPictures(model, { ...options, sampler: fixedPointSampler });
      expect(fixedPoint.levels).toEqual(naive.levels);

      await useBackend("wasm");
      const onProcessor = await drawPictures(model, { ...options, sampler: naiveSampler });
      const labels = classes > 0 ? [1, 0] : null;
      const ties = await countTies(model, onProcessor.levels, naive.levels, { ...options, labels });
      expect(ties.ties).toBe(0);
      for (const { logProbabilities } of [naive, fixedPoint]) {
        expectClose(logProbabilities, onProcessor.logProbabilities, 5e-5);
      }
    });
  },
);

it.each([naiveSampler, fixedPointSampler])(
  "$name leaves no tensor, complete or broken off",
  async (sampler) => {
    await setBackend("webgpu");
    const model = smallModel("naive", {
      picture: { height: 3, width: 2, channels: 1, levels: 2 },
      layers: 1,
      channels: 4,
    });
    const options = { count, sampler };
    await drawPictures(model, options);
    const before = memory().numTensors;
    await drawPictures(model, options);
    expect(memory().numTensors).toBe(before);
    for await (const _ of sample(model, options)) break;
    expect(memory().numTensors).toBe(before);
  },
);
