import { byteToLevel, DataError, levelToByte, quantise } from "@pixelcnn/core/data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const bytes = Uint8Array.from({ length: 256 }, (_, v) => v);
const levels = fc.integer({ min: 2, max: 256 });
/** Every level of every number of levels. */
const everyLevel = Array.from({ length: 255 }, (_, i) => i + 2).flatMap((k) =>
  Array.from({ length: k }, (_, level): [level: number, levels: number] => [level, k]),
);

describe("quantise", () => {
  it.each([
    // K, byte, level
    [2, 0, 0],
    [2, 127, 0],
    [2, 128, 1],
    [2, 255, 1],
    [3, 85, 0],
    [3, 86, 1],
    [3, 170, 1],
    [3, 171, 2],
    [4, 63, 0],
    [4, 64, 1],
    [4, 191, 2],
    [4, 192, 3],
    [8, 255, 7],
    [256, 0, 0],
    [256, 77, 77],
    [256, 255, 255],
  ])("to %i levels: byte %i is level %i", (k, byte, level) => {
    expect(byteToLevel(byte, k)).toBe(level);
    expect(quantise(Uint8Array.of(byte), k)[0]).toBe(level);
  });

  it("uses every level, in order, about equally often", () => {
    fc.assert(
      fc.property(levels, (k) => {
        const counts = new Array<number>(k).fill(0);
        let last = 0;
        for (const level of quantise(bytes, k)) {
          if (level < last) expect.fail(`${level} follows ${last}`);
          last = level;
          counts[level]!++;
        }
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("works in place and into a longer target, and leaves its source alone otherwise", () => {
    const source = Uint8Array.of(0, 100, 200);
    const target = new Uint8Array(5).fill(9);
    expect(quantise(source, 4, target)).toBe(target);
    expect([...target]).toEqual([0, 1, 3, 9, 9]);
    expect([...source]).toEqual([0, 100, 200]);
    quantise(source, 4, source);
    expect([...source]).toEqual([0, 1, 3]);
    expect(() => quantise(source, 4, new Uint8Array(2))).toThrow(RangeError);
  });

  it.each([0, 1, 257, 2.5, Number.NaN])("refuses %s levels", (k) => {
    expect(() => quantise(bytes, k)).toThrow(DataError);
  });
});

describe("levelToByte", () => {
  it.each([
    [2, [0, 255]],
    [3, [0, 128, 255]],
    [4, [0, 85, 170, 255]],
    [6, [0, 51, 102, 153, 204, 255]],
  ])("shows %i levels from black to white", (k, expected) => {
    expect(expected.map((_, level) => levelToByte(level, k))).toEqual(expected);
  });

  it("shows every level as a byte of its own, brighter than the one before", () => {
    fc.assert(
      fc.property(levels, (k) => {
        for (let level = 1; level < k; level++) {
          expect(levelToByte(level, k)).toBeGreaterThan(levelToByte(level - 1, k));
        }
      }),
    );
  });

  it("is in equal steps, less than a byte above them", () => {
    const above = everyLevel.map(([level, k]) => levelToByte(level, k) - (level * 255) / (k - 1));
    expect(Math.min(...above)).toBe(0);
    expect(Math.max(...above)).toBeLessThan(1);
  });
});

it("every level of 2 to 256 comes back from the byte that shows it", () => {
  const lost = everyLevel.filter(([level, k]) => byteToLevel(levelToByte(level, k), k) !== level);
  expect(lost).toEqual([]);
});
