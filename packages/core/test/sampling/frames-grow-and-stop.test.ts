import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { OptionError } from "../../src/errors.ts";
import { dimensions, type LevelArray } from "../../src/picture.ts";
import { SeedError } from "../../src/random/noise.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { type SampleOptions, sample } from "../../src/sampling/sample.ts";
import { naiveSampler } from "../../src/tensors/naive-sampler.ts";
import { useBackend } from "../support/backends.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { smallModel } from "../support/small-models.ts";

const picture = { height: 4, width: 3, channels: 1, levels: 4 };
const plain = smallModel("pixelcnn", { picture });
const classy = smallModel("pixelcnn", { picture, classes: 3 });

beforeAll(() => useBackend("cpu"));

describe.each<[string, { sampler?: Sampler }]>([
  ["incremental", {}],
  ["naive", { sampler: naiveSampler }],
])("frames of the %s sampler", (_, sampler) => {
  it("come after every row, batch after batch, and never take a value back", async () => {
    const seen: [number, number, number, boolean][] = [];
    let last: LevelArray = new Uint8Array();
    for await (const frame of sample(plain, {
      count: 3,
      batchSize: 2,
      firstIndex: 10,
      seed: 1,
      ...sampler,
    })) {
      seen.push([frame.firstIndex, frame.count, frame.position, frame.complete]);
      expect(frame.pixels).toHaveLength(frame.count * dimensions(picture));
      expect(frame.logProbabilities).toBeNull();
      const first = frame.pixels.slice(0, 12);
      if (frame.position > 3)
        expect(first.slice(0, frame.position - 3)).toEqual(last.slice(0, frame.position - 3));
      expect([...first.slice(frame.position)].every((level) => level === 0)).toBe(true);
      last = first;
    }
    expect(seen).toEqual([
      [10, 2, 3, false],
      [10, 2, 6, false],
      [10, 2, 9, false],
      [10, 2, 12, true],
      [12, 1, 3, false],
      [12, 1, 6, false],
      [12, 1, 9, false],
      [12, 1, 12, true],
    ]);
  });

  it("stop by break at any row, and no tensor is left", async () => {
    await drawPictures(classy, { classLabel: 0, ...sampler });
    const before = memory().numTensors;
    for (let rows = 1; rows <= 4; rows++) {
      let frames = 0;
      for await (const _ of sample(classy, { count: 2, classLabel: 1, ...sampler }))
        if (++frames === rows) break;
      expect(frames).toBe(rows);
      expect(memory().numTensors).toBe(before);
    }
  });

  it("stop by a signal with its reason, and no tensor is left", async () => {
    await drawPictures(plain, sampler);
    const before = memory().numTensors;
    const controller = new AbortController();
    const reason = new Error("enough");
    const positions: number[] = [];
    const run = async () => {
      for await (const frame of sample(plain, { count: 40, signal: controller.signal, ...sampler })) {
        positions.push(frame.position);
        if (positions.length === 2) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    expect(positions).toEqual([3, 6]);
    expect(memory().numTensors).toBe(before);
  });

  it("never come when the signal was aborted before", async () => {
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(sample(plain, { signal, ...sampler }).next()).rejects.toThrow("too late");
  });

  it("and an error of a consumer leave no tensor", async () => {
    const before = memory().numTensors;
    const run = async () => {
      for await (const _ of sample(plain, sampler)) throw new Error("consumer");
    };
    await expect(run()).rejects.toThrow("consumer");
    expect(memory().numTensors).toBe(before);
  });
});

const known = new Uint8Array(dimensions(picture));

describe("options out of range are refused before anything is drawn", () => {
  const refused: [string, SampleOptions, typeof OptionError | typeof SeedError][] = [
    ["count", { count: 0 }, OptionError],
    ["count", { count: 1.5 }, OptionError],
    ["count", { count: Number.NaN }, OptionError],
    ["batchSize", { batchSize: 0 }, OptionError],
    ["batchSize", { batchSize: -1 }, OptionError],
    ["temperature", { temperature: -0.1 }, OptionError],
    // In float32 the inverses of these are infinite.
    ["temperature of 0, or from 1e-30 to 1e+30", { temperature: 1e-40 }, OptionError],
    ["temperature", { temperature: 1e-39 }, OptionError],
    ["temperature", { temperature: Number.MIN_VALUE }, OptionError],
    ["temperature", { temperature: 1e31 }, OptionError],
    ["temperature", { temperature: Number.NaN }, OptionError],
    ["temperature", { temperature: Number.POSITIVE_INFINITY }, OptionError],
    ["seed", { seed: -1 }, SeedError],
    ["seed", { seed: 2 ** 53 }, SeedError],
    ["seed", { seed: 0.5 }, SeedError],
    ["no class label", { classLabel: 0 }, OptionError],
    // As a mask of a picture file is.
    [
      "a mask of 1 where",
      { known: { levels: known, mask: new Uint8Array(known.length).fill(255) } },
      OptionError,
    ],
    ["a Uint8Array", { known: { levels: Array.from(known), mask: known } as never }, OptionError],
  ];
  it.each(refused)("%s: %j", async (what, options, kind) => {
    await expect(sample(plain, options).next()).rejects.toThrow(kind);
    await expect(sample(plain, options).next()).rejects.toThrow(what);
  });

  it.each([undefined, -1, 3, 0.5, [0], [0, 1, 2], [0, 3], "01" as never])(
    "class label %j for two pictures of three classes",
    async (label) => {
      const options = { count: 2, ...(label !== undefined && { classLabel: label }) };
      await expect(sample(classy, options).next()).rejects.toThrow("expected a class label from 0 to 2");
    },
  );

  it.each([-1, 0.5, Number.NaN, 2 ** 32 - 1, 2 ** 32])(
    "picture indices beyond 32 bits: two from %d",
    async (firstIndex) => {
      await expect(sample(plain, { count: 2, firstIndex }).next()).rejects.toThrow(
        "expected picture indices",
      );
    },
  );

  it("but not the last two of 32 bits", async () => {
    const { value } = await sample(plain, { count: 2, firstIndex: 2 ** 32 - 2 }).next();
    expect(value).toMatchObject({ firstIndex: 2 ** 32 - 2, count: 2 });
  });
});
