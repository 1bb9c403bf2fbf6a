import { createHash } from "node:crypto";
import { DataError, type Dataset, glyphsDataset, limitSplit, type Split } from "@pixelcnn/core/data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const small = { height: 12, width: 10, channels: 1 } as const;

function pictureOf(set: Dataset, split: Split, index: number): Uint8Array {
  const picture = new Uint8Array(set.height * set.width * set.channels);
  split.read(index, picture, 0);
  return picture;
}

function hashesOf(set: Dataset, split: Split): string[] {
  return Array.from({ length: split.length }, (_, i) => hashOf(pictureOf(set, split, i)));
}

function hashOf(picture: Uint8Array): string {
  return createHash("sha256").update(picture).digest("hex").slice(0, 16);
}

function labelsOf(set: Dataset, split: Split): number[] {
  const picture = new Uint8Array(set.height * set.width * set.channels);
  return Array.from({ length: split.length }, (_, i) => split.read(i, picture, 0));
}

function countsOf(labels: readonly number[]): number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
}

describe("the same address", () => {
  // A change here changes every generated picture, and with it every published number on this set.
  it.each([
    [{ height: 28, width: 28, channels: 1 }, "88633006dfa2ace1"],
    [{ height: 20, width: 16, channels: 3 }, "d08dd9dad357451e"],
  ] as const)("gives the same bytes on every machine: %o", (options, expected) => {
    const set = glyphsDataset(options);
    const all = new Uint8Array(20 * options.height * options.width * options.channels);
    for (let i = 0; i < 20; i++) all.set(pictureOf(set, set.test, i), (i * all.length) / 20);
    expect(hashOf(all)).toBe(expected);
  });

  it("gives the same bytes in any order and at any offset", () => {
    const set = glyphsDataset(small);
    const target = new Uint8Array(120 + 7).fill(77);
    const label = set.train.read(5, target, 3);
    pictureOf(set, set.train, 6);
    expect(pictureOf(set, set.train, 5)).toEqual(target.subarray(3, 123));
    expect(set.train.read(5, target, 3)).toBe(label);
    expect([...target.subarray(0, 3), ...target.subarray(123)]).toEqual(new Array(7).fill(77));
  });

  it("gives a coloured picture the shape of the grey one", () => {
    const grey = glyphsDataset({ ...small, grain: 0 });
    const colour = glyphsDataset({ ...small, grain: 0, channels: 3 });
    for (let i = 0; i < 20; i++) {
      const shape = pictureOf(grey, grey.train, i);
      const coloured = pictureOf(colour, colour.train, i);
      const paper = coloured.subarray(0, 3).join();
      shape.forEach((ink, p) => {
        if (ink === 0) expect(coloured.subarray(3 * p, 3 * p + 3).join()).toBe(paper);
        if (ink === 255) expect(coloured.subarray(3 * p, 3 * p + 3).join()).not.toBe(paper);
      });
    }
  });
});

describe("another address", () => {
  it("gives another picture: in all three parts, in every epoch, for every seed", () => {
    const set = glyphsDataset({ ...small, trainLength: 1000 });
    const other = glyphsDataset({ ...small, seed: 1 });
    const hashes = [
      ...hashesOf(set, set.train),
      ...hashesOf(set, set.validation),
      ...hashesOf(set, set.test),
      ...hashesOf(set, set.train.atEpoch!(2)),
      ...hashesOf(set, set.train.atEpoch!(3)),
      ...hashesOf(other, other.validation),
    ];
    expect(hashes.length).toBe(6000);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("follows the epochs one after another, whatever their length", () => {
    const short = glyphsDataset({ ...small, trainLength: 10 });
    const long = glyphsDataset({ ...small, trainLength: 30 });
    const three = [1, 2, 3].flatMap((epoch) => hashesOf(short, short.train.atEpoch!(epoch)));
    expect(three).toEqual(hashesOf(long, long.train));
    expect(hashesOf(short, short.train)).toEqual(three.slice(0, 10));
    for (const epoch of [0, -1, 1.5]) expect(() => short.train.atEpoch!(epoch)).toThrow(RangeError);
  });
});

describe("labels", () => {
  const set = glyphsDataset(small);

  it("have every digit once in every ten pictures", () => {
    const labels = labelsOf(set, set.train);
    expect(labels.length).toBe(2000);
    for (let block = 0; block < 2000; block += 10) {
      expect(countsOf(labels.slice(block, block + 10))).toEqual(new Array(10).fill(1));
    }
  });

  it.each([500, 200, 100])("have every digit in %i evenly spaced pictures of the test part", (limit) => {
    const counts = countsOf(labelsOf(set, limitSplit(set.test, limit)));
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThan(0.25 * limit);
  });
});

describe("ink", () => {
  it("lies whole inside pictures of any size, and there is some", () => {
    const side = fc.integer({ min: 6, max: 40 });
    fc.assert(
      fc.property(side, side, fc.nat({ max: 999 }), fc.nat(), (height, width, index, seed) => {
        const set = glyphsDataset({ height, width, channels: 1, seed, grain: 0 });
        const picture = pictureOf(set, set.test, index);
        const sum = picture.reduce((total, v) => total + v, 0) / 255;
        // The path keeps the pen's radius and half a pixel away from the edge, so the centre of a pixel at the border
        // is at least a radius away from it: covered half at most.
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const border = y === 0 || x === 0 || y === height - 1 || x === width - 1;
            if (border && picture[y * width + x]! > 128) expect.fail(`ink at ${y}, ${x}`);
          }
        }
        expect(sum).toBeGreaterThan(2);
        expect(sum).toBeLessThan(0.6 * height * width);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [16, 16],
    [20, 20],
    [28, 28],
    [16, 28],
    [30, 18],
  ])("fills a picture of %i×%i well", (height, width) => {
    const set = glyphsDataset({ height, width, channels: 1 });
    let rows = 0;
    for (let i = 0; i < 200; i++) {
      const picture = pictureOf(set, set.test, i);
      const inked = Array.from({ length: height }, (_, y) =>
        picture.subarray(y * width, (y + 1) * width).some((v) => v >= 128),
      );
      rows += inked.lastIndexOf(true) - inked.indexOf(true) + 1;
    }
    expect(rows / 200 / height).toBeGreaterThan(0.65);
  });

  it("loses at most its grain, and paper stays clean", () => {
    const clean = glyphsDataset({ ...small, grain: 0 });
    const grainy = glyphsDataset({ ...small, grain: 0.5 });
    let changed = 0;
    for (let i = 0; i < 50; i++) {
      const before = pictureOf(clean, clean.test, i);
      pictureOf(grainy, grainy.test, i).forEach((v, p) => {
        if (v > before[p]! || v < 0.5 * before[p]! - 1) expect.fail(`${before[p]} has become ${v}`);
        if (v < before[p]!) changed++;
      });
    }
    expect(changed).toBeGreaterThan(100);
  });
});

describe("the set", () => {
  it("describes itself", () => {
    const set = glyphsDataset({ height: 8, width: 9, channels: 3 });
    expect(set).toMatchObject({
      name: "colour-glyphs",
      height: 8,
      width: 9,
      channels: 3,
      levels: 256,
      classes: 10,
    });
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([2000, 1000, 1000]);
  });

  it.each([
    { height: 5 },
    { width: 1025 },
    { height: 7.5 },
    { channels: 2 as 1 },
    { trainLength: 0 },
    { grain: 2 },
  ])("refuses %o", (wrong) => {
    expect(() => glyphsDataset({ ...small, ...wrong })).toThrow(DataError);
  });

  it("refuses a seed out of range", () => {
    expect(() => glyphsDataset({ ...small, seed: -1 })).toThrow(/seed/);
  });
});
