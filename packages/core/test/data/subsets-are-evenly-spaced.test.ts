import { DataError, limitSplit, type Split, withEveryNthForValidation } from "@pixelcnn/core/data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A part whose picture i is the two bytes of i. */
function counting(length: number, first = 0): Split {
  return {
    length,
    read(index, target, offset) {
      target[offset] = (first + index) & 255;
      target[offset + 1] = (first + index) >> 8;
      return (first + index) % 7;
    },
  };
}

function contents(split: Split): number[] {
  const target = new Uint8Array(2);
  return Array.from({ length: split.length }, (_, i) => {
    split.read(i, target, 0);
    return target[0]! + 256 * target[1]!;
  });
}

describe("limitSplit", () => {
  it("takes picture ⌊i·N/n⌋", () => {
    expect(contents(limitSplit(counting(10), 4))).toEqual([0, 2, 5, 7]);
    expect(contents(limitSplit(counting(7), 3))).toEqual([0, 2, 4]);
  });

  it("gives the whole part when the limit is not below its length", () => {
    expect(contents(limitSplit(counting(3), 3))).toEqual([0, 1, 2]);
    expect(contents(limitSplit(counting(3), 100))).toEqual([0, 1, 2]);
  });

  it("spreads over the whole: no gap is wider than ⌈N/n⌉, nothing comes twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }), (length, limit) => {
        const taken = contents(limitSplit(counting(length), limit));
        expect(taken.length).toBe(Math.min(length, limit));
        expect(taken[0]).toBe(0);
        const gaps = [...taken.slice(1), length].map((at, i) => at - taken[i]!);
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.ceil(length / limit));
      }),
    );
  });

  it("thins later epochs too", () => {
    const fresh: Split = { ...counting(6), atEpoch: (epoch) => counting(6, 6 * (epoch - 1)) };
    expect(contents(limitSplit(fresh, 2).atEpoch!(3))).toEqual([12, 15]);
    expect(limitSplit(counting(6), 2).atEpoch).toBeUndefined();
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses a limit of %s", (limit) => {
    expect(() => limitSplit(counting(3), limit)).toThrow(DataError);
  });

  it("refuses pictures beyond the limit", () => {
    expect(() => limitSplit(counting(10), 4).read(4, new Uint8Array(2), 0)).toThrow(RangeError);
  });
});

describe("withEveryNthForValidation", () => {
  it("takes pictures 11, 23, ... for validation and leaves the rest in order", () => {
    const { train, validation } = withEveryNthForValidation(counting(30), 12);
    expect(contents(validation)).toEqual([11, 23]);
    expect(contents(train)).toEqual(Array.from({ length: 30 }, (_, i) => i).filter((i) => i % 12 !== 11));
  });

  it("loses nothing and shares nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 2, max: 40 }), (length, n) => {
        const { train, validation } = withEveryNthForValidation(counting(length), n);
        const all = [...contents(train), ...contents(validation)].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it("hands the labels through", () => {
    const { validation } = withEveryNthForValidation(counting(30), 12);
    expect(validation.read(1, new Uint8Array(2), 0)).toBe(23 % 7);
  });

  it("refuses to set every picture aside", () => {
    expect(() => withEveryNthForValidation(counting(30), 1)).toThrow(DataError);
  });
});
