/** `.pxc` files: what was put in comes out, and whatever is not sound is refused. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { varint } from "../../src/compression/byte-reader.ts";
import { CompressionError } from "../../src/compression/compression-error.ts";
import { crc32 } from "../../src/compression/crc32.ts";
import { fitModel } from "../../src/compression/fit-model.ts";
import { modelDigest } from "../../src/compression/model-digest.ts";
import { decodePxc, encodePxc, type PxcPictures, readPxcHeader } from "../../src/compression/pxc-file.ts";
import { STORED } from "../../src/compression/pxc-header.ts";
import { encodeModelFile } from "../../src/model-file/encode-model-file.ts";
import { decodeModelFile } from "../../src/model-file/model-file.ts";
import { levelArray } from "../../src/picture.ts";
import { type PresetName, presets } from "../../src/presets/build-preset.ts";
import { randomLevels } from "../support/random-pictures.ts";
import { smallModel } from "../support/small-models.ts";
import { mixtureOf } from "../support/values.ts";

const grey = { height: 5, width: 6, channels: 1, levels: 4 };
const model = smallModel("gated", { picture: grey, classes: 3 });
const labels = [0, 2, 2];

function picturesOf(shape: typeof grey, count: number): PxcPictures {
  const { height, width } = shape;
  return { height, width, levels: randomLevels(shape, count), alpha: null, stored: "levels" };
}

const pictures = {
  ...picturesOf(grey, 3),
  alpha: Uint8Array.from({ length: 90 }, (_, i) => (i % 7 ? 255 : i)),
};
const file = await encodePxc(model, pictures, { classLabel: labels });

/** With a checksum that fits. */
function mended(bytes: Uint8Array): Uint8Array {
  const all = Uint8Array.from(bytes);
  new DataView(all.buffer).setUint32(all.length - 4, crc32(all.subarray(0, -4)), true);
  return all;
}

/** The file with other bytes from `at` on. */
function forged(at: number, ...bytes: number[]): Uint8Array {
  const all = Uint8Array.from(file);
  all.set(bytes, at);
  return mended(all);
}

it("is the same file whichever kind of array the levels lie in", async () => {
  const wide = { ...pictures, levels: Uint16Array.from(pictures.levels) };
  expect(await encodePxc(model, wide, { classLabel: labels })).toEqual(file);
});

it("has a CRC-32 as everybody's", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

describe("what comes out is what was put in", () => {
  it("pictures, labels, alpha, and what the levels were", async () => {
    expect(await decodePxc(model, file)).toEqual({ ...pictures, shape: grey, count: 3, labels });
  });

  const sides = fc.integer({ min: 1, max: 9 });
  const any = fc.record({
    name: fc.constantFrom(...(Object.keys(presets) as PresetName[])),
    height: sides,
    width: sides,
    channels: fc.constantFrom(1, 3),
    levels: fc.oneof(fc.constantFrom(2, 3, 4, 256, 257, 65_536), fc.integer({ min: 2, max: 3000 })),
    components: fc.constantFrom(0, 2),
    classes: fc.constantFrom(0, 3),
    count: fc.integer({ min: 1, max: 19 }),
    alpha: fc.constantFrom(0, 256, 65_536),
    stored: fc.constantFrom(...STORED),
    seed: fc.nat(1000),
  });

  it("for any preset, number of levels and shape", async () => {
    await fc.assert(
      fc.asyncProperty(any, async ({ name, components, classes, count, alpha, stored, seed, ...shape }) => {
        // Categories above this take seconds.
        if (components === 0 && shape.levels > 3000) shape.levels = 300;
        if (stored === "colours") Object.assign(shape, { channels: 1, levels: Math.min(256, shape.levels) });
        const palette = Array.from(
          { length: shape.levels },
          (_, level) => [level, seed & 255, 9, 200] as const,
        );
        const one = smallModel(name, { picture: shape, classes, ...mixtureOf(components) }, seed);
        const opaque = { height: shape.height, width: shape.width, channels: 1, levels: alpha };
        const given: PxcPictures = {
          ...picturesOf(shape, count),
          alpha: alpha === 0 ? null : randomLevels(opaque, count, seed),
          stored,
          ...(stored === "colours" && { palette }),
        };
        const classLabel =
          classes === 0 ? null : Array.from({ length: count }, (_, i) => (i * seed) % classes);
        const bytes = await encodePxc(one, given, classLabel === null ? {} : { classLabel });
        const header = readPxcHeader(bytes);
        expect(header).toMatchObject({ shape, count, stored, digest: modelDigest(one) });
        const said = stored === "colours" ? { ...shape, palette } : shape;
        expect(await decodePxc(one, bytes)).toEqual({ ...given, shape: said, count, labels: classLabel });
      }),
      { numRuns: process.env.PIXELCNN_FULL ? 1000 : 60 },
    );
  }, 120_000);

  it("in no more than 32 bytes and 8 a lane besides the messages' own bits", async () => {
    for (const count of [1, 5, 100]) {
      const shape = { height: 28, width: 28, channels: 1, levels: 256 };
      const one = smallModel("naive", { picture: shape });
      const bits = new Float32Array(count * 784);
      const bytes = await encodePxc(one, picturesOf(shape, count), { bits });
      const own = bits.reduce((sum, value) => sum + value, 0) / 8;
      expect(bytes.length).toBeLessThanOrEqual(1.0001 * own + 32 + 8 * Math.min(16, count));
    }
  });

  it("flat alpha takes hardly a byte", async () => {
    const flat = (value: number) => ({ ...picturesOf(grey, 3), alpha: levelArray(256, 90).fill(value) });
    const opaque = await encodePxc(model, picturesOf(grey, 3), { classLabel: labels });
    for (const value of [0, 7, 255]) {
      const bytes = await encodePxc(model, flat(value), { classLabel: labels });
      expect(bytes.length).toBeLessThan(opaque.length + 6);
    }
  });
});

describe("whatever is not sound is refused", () => {
  it("a file that is cut anywhere", async () => {
    for (let length = 0; length < file.length; length++) {
      await expect(decodePxc(model, file.subarray(0, length))).rejects.toThrow(CompressionError);
    }
  });

  it("a file of which any bit is another", async () => {
    for (let bit = 0; bit < 8 * file.length; bit++) {
      const flipped = Uint8Array.from(file);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await expect(decodePxc(model, flipped)).rejects.toThrow(CompressionError);
    }
  });

  it.each([
    ["another kind of file", new TextEncoder().encode("PNG"), "expected a .pxc file, got another kind"],
    ["another version", forged(4, 2), "expected format version 1, got 2"],
    ["another arithmetic", forged(5, 2), "expected arithmetic 1 (pixelcnn-f32-1), got 2"],
    ["another model", forged(6, 1, 2, 3), "expected the model 010203"],
    ["flags without a meaning", forged(14, 32), "expected flags that have a meaning, got 32"],
    ["numbers of colours without any", forged(14, 3), "expected"],
    ["a third depth of alpha", forged(14, 12), "expected flags that have a meaning, got 12"],
    ["no rows", forged(15, 0), "expected 1 to 16384 rows, got 0"],
    ["a number in a longer form", forged(15, 128, 0), "expected a number below 2^32 in its shortest form"],
    ["a number of no end", forged(15, 255, 255, 255, 255, 255), "expected a number below 2^32"],
    ["too many rows", forged(15, 255, 255, 127), "expected 1 to 16384 rows, got 2097151"],
    ["other channels", forged(17, 3), "expected channels, levels and labels as its model has them"],
    ["other levels", forged(18, 5), "expected channels, levels and labels as its model has them"],
    ["no labels", forged(14, 4), "got"],
    ["another size", forged(15, 6), "expected pictures of 6×5, as the model models them, got 6×6"],
    ["other pictures", forged(20, 0), "expected the pictures that were compressed, got others"],
    ["messages of other lengths", forged(24, 100), "expected 100 more bytes"],
  ])("%s", async (_, bytes, line) => {
    await expect(decodePxc(model, bytes)).rejects.toThrow(CompressionError);
    await expect(decodePxc(model, bytes)).rejects.toThrow(line);
  });

  it("more bytes behind the messages", async () => {
    const longer = mended(Uint8Array.of(...file, 0));
    await expect(decodePxc(model, longer)).rejects.toThrow("expected the messages to end the file, got");
  });

  it("pictures that the model cannot take", async () => {
    const strange = { ...picturesOf(grey, 1), levels: Uint8Array.from({ length: 30 }, () => 4) };
    await expect(encodePxc(model, strange, { classLabel: 0 })).rejects.toThrow(
      "got 4; choose a model with more levels",
    );
    const large = picturesOf({ ...grey, height: 6 }, 1);
    await expect(encodePxc(model, large, { classLabel: 0 })).rejects.toThrow(
      "expected pictures of 6×5, as the model models them, got 6×6; choose a local model, which takes any size",
    );
    const bare = { ...picturesOf(grey, 1), alpha: new Uint8Array(29) };
    await expect(encodePxc(model, bare, { classLabel: 0 })).rejects.toThrow(
      "expected 30 values of alpha, got 29",
    );
  });
});

describe("a model is known by what it computes", () => {
  const provenance = {
    dataset: "glyphs",
    command: "train",
    date: "2024-01-01",
    steps: 1,
    trainNats: null,
    validation: null,
    test: null,
  };
  const reread = (dataset: string) =>
    decodeModelFile(
      encodeModelFile({
        model,
        preparation: { levels: 4, binarise: null },
        provenance: { ...provenance, dataset },
      }),
    ).model;

  it("not by where it comes from, nor by how it was read", () => {
    expect(modelDigest(reread("glyphs"))).toEqual(modelDigest(model));
    expect(modelDigest(reread("another"))).toEqual(modelDigest(model));
  });

  it("but by every weight, and by its graph", () => {
    const digests = new Set<string>();
    for (const name of model.weights.keys()) {
      const weights = new Map(model.weights);
      weights.set(
        name,
        weights.get(name)!.map((value, i) => (i === 0 ? value + 1e-3 : value)),
      );
      digests.add(modelDigest({ ...model, weights }).join());
    }
    const { network } = model;
    const nodes = network.nodes.map((node) => (node.op === "convolution" ? { ...node, dilation: 2 } : node));
    digests.add(modelDigest({ ...model, network: { ...network, nodes } }).join());
    digests.add(modelDigest({ ...model, network: { ...network, encoding: { scale: 1, offset: 0 } } }).join());
    digests.add(modelDigest(model).join());
    expect(digests.size).toBe(model.weights.size + 3);
  });
});

describe("a local model takes pictures of any size", () => {
  const shape = { height: 8, width: 8, channels: 3, levels: 256 };
  const local = smallModel("local", { picture: shape, window: 5, ...mixtureOf(2) });

  it.each([
    [1, 1],
    [1, 9],
    [3, 5],
    [4, 6],
    [9, 2],
    [40, 33],
  ])("%i×%i", async (height, width) => {
    const given = picturesOf({ ...shape, height, width }, 2);
    const bytes = await encodePxc(local, given);
    expect(await decodePxc(local, bytes)).toMatchObject({ height, width, levels: given.levels });
  });

  it("up to a side of 16,384", async () => {
    const long = { ...picturesOf({ ...shape, height: 1, width: 1 }, 1), height: 16_385, width: 1 };
    await expect(encodePxc(local, long)).rejects.toThrow("expected pictures of at most 16384 pixels a side");
  });

  it("up to 2048×2048×3 values, one more of which is refused by who writes and who reads", () => {
    expect(fitModel(local, 256, 16_384).network.picture).toMatchObject({ height: 256, width: 16_384 });
    const line =
      "expected at most 12582912 values in a picture, got 16384×257×3, which are 12632064; cut it up";
    expect(() => fitModel(local, 257, 16_384)).toThrow(new CompressionError(line));
    const grey = smallModel("local", { picture: { ...shape, channels: 1 }, window: 3, ...mixtureOf(2) });
    expect(() => fitModel(grey, 12_582_913, 1)).toThrow("expected pictures of at most 16384 pixels a side");
    // A file of 769 × 16,384 values and one row more says so before its messages are looked at.
    const asked = (rows: number) => forged(15, ...varint(rows), ...varint(16_384), 1, 4, 1);
    expect(() => readPxcHeader(asked(769))).toThrow(
      "expected at most 12582912 values in a picture, got 12599296; the file is forged",
    );
    expect(() => readPxcHeader(asked(768))).not.toThrow("values in a picture");
  });

  it("a model's own size that no file holds is refused before it is compressed", async () => {
    const high = smallModel("local", { picture: { ...shape, height: 16_385, width: 1 }, window: 3 });
    expect(() => fitModel(high, 16_385, 1)).toThrow("expected pictures of at most 16384 pixels a side");
  });
});
