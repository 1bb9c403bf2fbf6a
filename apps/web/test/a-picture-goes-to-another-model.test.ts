import { describe, expect, it } from "vitest";
import { resizeLevels } from "../src/components/pictures/resize-levels.ts";

const shape = { height: 4, width: 4, channels: 1, levels: 2 };
const levels = Uint8Array.from([1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);

describe("a picture in another shape", () => {
  it("is the same in its own", () => {
    expect(resizeLevels({ shape, levels }, shape)).toEqual(levels);
  });

  it("is the same in its own, whatever the number of levels", () => {
    for (let K = 2; K <= 256; K++) {
      const own = { height: 16, width: 16, channels: 1, levels: K };
      const all = Uint8Array.from({ length: 256 }, (_, i) => i % K);
      expect(resizeLevels({ shape: own, levels: all }, own), `${K} levels`).toEqual(all);
    }
  });

  it("in fewer levels: as the bytes of a data set are made levels, 256 to 16 by v·16 / 256", () => {
    const from = { height: 16, width: 16, channels: 1, levels: 256 };
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const expected = bytes.map((byte) => byte >> 4);
    expect(resizeLevels({ shape: from, levels: bytes }, { ...from, levels: 16 })).toEqual(expected);
  });

  it("smaller and in more levels: means", () => {
    expect([...resizeLevels({ shape, levels }, { height: 2, width: 2, channels: 1, levels: 5 })]).toEqual([
      4, 1, 0, 0,
    ]);
  });

  it("larger, and not by a whole number: every old pixel has its place", () => {
    const larger = resizeLevels({ shape, levels }, { height: 6, width: 8, channels: 1, levels: 2 });
    expect([...larger.subarray(0, 8)]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    expect([...larger.subarray(40)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("in colour and back: equal channels, and their mean", () => {
    const colour = { ...shape, channels: 3 };
    const inColour = resizeLevels({ shape, levels }, colour);
    expect([...inColour.subarray(0, 6)]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(resizeLevels({ shape: colour, levels: inColour }, shape)).toEqual(levels);
    const red = { shape: { height: 1, width: 1, channels: 3, levels: 4 }, levels: Uint8Array.of(3, 0, 0) };
    expect([...resizeLevels(red, { height: 1, width: 1, channels: 1, levels: 4 })]).toEqual([1]);
  });
});
