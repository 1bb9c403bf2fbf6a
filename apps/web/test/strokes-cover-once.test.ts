import { describe, expect, it } from "vitest";
import { Stroke } from "../src/views/complete/stroke.ts";

const picture = { height: 5, width: 5, channels: 1, levels: 4 };
const blank = new Uint8Array(25);
const rows = (levels: Uint8Array) =>
  Array.from({ length: 5 }, (_, y) => [...levels.subarray(y * 5, y * 5 + 5)].join(""));

describe("a stroke", () => {
  it("of a point covers its pixel, and a fat one its neighbours by their share", () => {
    expect(rows(new Stroke(blank, picture, [3]).to({ x: 2.5, y: 2.5 }, 0.5))).toEqual([
      "00000",
      "00000",
      "00300",
      "00000",
      "00000",
    ]);
    expect(rows(new Stroke(blank, picture, [3]).to({ x: 2.5, y: 2.5 }, 1.2))).toEqual([
      "00000",
      "01210",
      "02320",
      "01210",
      "00000",
    ]);
  });

  it("covers the line between its points, and changes no picture that it was given", () => {
    const stroke = new Stroke(blank, picture, [3]);
    stroke.to({ x: 0.5, y: 1.5 }, 0.5);
    expect(rows(stroke.to({ x: 4.5, y: 1.5 }, 0.5))).toEqual(["00000", "33333", "00000", "00000", "00000"]);
    expect(blank.every((level) => level === 0)).toBe(true);
  });

  it("covers no more by going over the same place again", () => {
    const stroke = new Stroke(blank, picture, [3]);
    const once = stroke.to({ x: 2.2, y: 2.2 }, 1);
    expect(stroke.to({ x: 2.2, y: 2.2 }, 1)).toEqual(once);
  });

  it("takes ink away as it gives it, channel by channel", () => {
    const colour = { height: 1, width: 2, channels: 3, levels: 4 };
    const stroke = new Stroke(new Uint8Array([3, 3, 3, 1, 1, 1]), colour, [0, 2, 3]);
    expect([...stroke.to({ x: 0.5, y: 0.5 }, 0.5)]).toEqual([0, 2, 3, 1, 1, 1]);
  });
});
