import { binarise, checkBinarise, DataError } from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";
import { Purpose, uniform } from "../../src/random/noise.ts";

const address = { storedLevels: 256, seed: 5, index: 17, time: 3 };
const hinge = Uint8Array.from({ length: 256 }, (_, v) => v);

describe("threshold", () => {
  it("is 1 from 128 on", () => {
    const binary = binarise(Uint8Array.of(0, 1, 127, 128, 255), { ...address, kind: "threshold" });
    expect([...binary]).toEqual([0, 0, 0, 1, 1]);
  });
});

describe("dynamic", () => {
  it("is 1 iff the noise of its address is below v / 255", () => {
    const binary = binarise(hinge, { ...address, kind: "dynamic" });
    const expected = [...hinge].map((v, i) => (uniform(5, 17, i, Purpose.binarise, 0, 3) < v / 255 ? 1 : 0));
    expect([...binary]).toEqual(expected);
  });

  it("changes with seed, picture and epoch, and with nothing else", () => {
    const grey = new Uint8Array(200).fill(128);
    const draw = (change: object) => binarise(grey, { ...address, ...change, kind: "dynamic" }).join("");
    const results = [draw({}), draw({ seed: 6 }), draw({ index: 18 }), draw({ time: 4 }), draw({ time: 0 })];
    expect(new Set(results).size).toBe(results.length);
    expect(draw({})).toBe(results[0]);
  });

  it("keeps black black and white white, and hits grey as often as it is bright", () => {
    const black = binarise(new Uint8Array(500), { ...address, kind: "dynamic" });
    const white = binarise(new Uint8Array(500).fill(255), { ...address, kind: "dynamic" });
    const grey = binarise(new Uint8Array(20_000).fill(51), { ...address, kind: "dynamic" });
    expect(black.every((v) => v === 0)).toBe(true);
    expect(white.every((v) => v === 1)).toBe(true);
    const share = grey.reduce((sum, v) => sum + v, 0) / grey.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / grey.length));
  });
});

describe("pixels that are binary as stored", () => {
  it.each(["fixed", "dynamic", "threshold"] as const)("stay as they are under %s", (kind) => {
    const binary = binarise(Uint8Array.of(0, 1, 1, 0), { ...address, kind, storedLevels: 2 });
    expect([...binary]).toEqual([0, 1, 1, 0]);
  });

  it("are what fixed asks for", () => {
    expect(() => checkBinarise("fixed", 256)).toThrow(DataError);
    expect(() => binarise(hinge, { ...address, kind: "fixed" })).toThrow(
      /needs a data set of 2 levels, got 256/,
    );
    expect(() => checkBinarise("fixed", 2)).not.toThrow();
  });
});

it("binarises in place", () => {
  const pixels = Uint8Array.of(10, 200);
  expect(binarise(pixels, { ...address, kind: "threshold" }, pixels)).toBe(pixels);
  expect([...pixels]).toEqual([0, 1]);
});
