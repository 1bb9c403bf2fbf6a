/** Pictures do not depend on how they are batched: by the caller, or by what the device's limits allow. */

import { beforeAll, describe, expect, it } from "vitest";
import type { LevelArray } from "../../../src/picture.ts";
import { type GpuDevice, shaderSampler } from "../../../src/samplers/shader/index.ts";
import { sample } from "../../../src/sampling/sample.ts";
import { useBackend } from "../../support/backends.ts";
import { openDevice, withChanges } from "../../support/dawn.ts";
import { drawPictures } from "../../support/draw-pictures.ts";
import { smallModel } from "../../support/small-models.ts";
import { countTies } from "../../support/ties.ts";

const picture = { height: 5, width: 6, channels: 1, levels: 4 };
const model = smallModel("gated", { picture, classes: 3 });
const device = await openDevice();
const options = { count: 7, seed: 8, classLabel: [0, 1, 2, 0, 1, 2, 0] };
let whole: Awaited<ReturnType<typeof drawPictures>>;

beforeAll(async () => {
  await useBackend("wasm");
  whole = await drawPictures(model, { ...options, batchSize: 7, sampler: shaderSampler(device) });
});

it("the pictures are the incremental sampler's", async () => {
  const { levels } = await drawPictures(model, options);
  const ties = await countTies(model, levels, whole.levels, {
    seed: 8,
    temperature: 1,
    labels: options.classLabel,
  });
  expect(ties).toEqual({ ties: 0, draws: 7 * 30 });
});

it.each([1, 2, 3])("batches of %i", async (batchSize) => {
  expect(await drawPictures(model, { ...options, batchSize, sampler: shaderSampler(device) })).toEqual(whole);
});

it("pictures from an index on", async () => {
  const part = { ...options, count: 3, firstIndex: 4, classLabel: [1, 2, 0], sampler: shaderSampler(device) };
  const { levels, logProbabilities } = await drawPictures(model, part);
  expect(levels).toEqual(whole.levels.slice(4 * 30));
  expect(logProbabilities).toEqual(whole.logProbabilities.slice(4 * 30));
});

describe("a device with small limits", () => {
  const sizes: number[] = [];
  const limited = (limits: Partial<GpuDevice["limits"]>) =>
    withChanges(device, {
      limits: {
        maxStorageBufferBindingSize: device.limits.maxStorageBufferBindingSize,
        maxBufferSize: device.limits.maxBufferSize,
        maxComputeWorkgroupsPerDimension: device.limits.maxComputeWorkgroupsPerDimension,
        ...limits,
      },
      createBuffer: (descriptor) => {
        sizes.push(descriptor.size);
        return device.createBuffer(descriptor);
      },
    });

  it("gets more and smaller buffers, and grows all pictures together", async () => {
    const { maxBufferSize } = device.limits;
    for (const limit of [16_384, 30_000]) {
      sizes.length = 0;
      const small = limited({ maxStorageBufferBindingSize: limit, maxBufferSize });
      let frames = 0;
      let last: LevelArray | null = null;
      for await (const frame of sample(model, { ...options, batchSize: 7, sampler: shaderSampler(small) })) {
        frames++;
        last = frame.pixels;
      }
      expect(last).toEqual(whole.levels);
      expect(frames).toBe(picture.height);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
    }
  });

  it("that hold no picture refuses to draw, saying what one takes", async () => {
    const small = limited({ maxBufferSize: 1000 });
    const drawn = sample(model, { ...options, sampler: shaderSampler(small) });
    await expect(drawn[Symbol.asyncIterator]().next()).rejects.toThrow(
      /expected activations of at most 1000 bytes a picture, the device's limit, got \d+; draw with the incremental sampler/,
    );
  });

  it("draws no more pictures at once than it may start workgroups", async () => {
    const small = limited({ maxComputeWorkgroupsPerDimension: 2 });
    expect(await drawPictures(model, { ...options, batchSize: 7, sampler: shaderSampler(small) })).toEqual(
      whole,
    );
  });
});
