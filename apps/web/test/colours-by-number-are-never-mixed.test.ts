/** What the gallery does with pictures of a palette, where it would mix levels of others. */
import type { PictureShape } from "@pixelcnn/core";
import { describe, expect, it } from "vitest";
import { groundLevel } from "../src/components/pictures/ground-level.ts";
import { isSameShape, resizeLevels } from "../src/components/pictures/resize-levels.ts";
import { Stroke } from "../src/views/complete/stroke.ts";
import { brushOf } from "../src/views/complete/use-tool.ts";
import { levelColour } from "../src/views/inspect/level-colour.ts";

const shape: PictureShape = {
  ...{ height: 4, width: 4, channels: 1, levels: 3 },
  palette: [
    [255, 0, 0, 255],
    [9, 9, 9, 0],
    [0, 0, 255, 255],
  ],
};
const grey = { height: 2, width: 2, channels: 1, levels: 2 };

describe("a picture for another model", () => {
  it("takes the colour under the middle of each pixel, from a palette to another", () => {
    const levels = Uint8Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 0 : 2));
    const other: PictureShape = { ...shape, height: 2, width: 2, palette: [...shape.palette!].reverse() };
    expect([...resizeLevels({ shape, levels }, other)]).toEqual([2, 0, 2, 0]);
    expect(isSameShape(shape, { ...other, height: 4, width: 4 })).toBe(false);
    expect(isSameShape(shape, { ...shape, palette: [...shape.palette!] })).toBe(true);
  });

  it("becomes light, and light the nearest colour", () => {
    const levels = new Uint8Array(16).fill(1);
    expect([...resizeLevels({ shape, levels }, grey)]).toEqual([0, 0, 0, 0]);
    const colour = {
      shape: { height: 1, width: 2, channels: 3, levels: 256 },
      levels: Uint8Array.of(240, 9, 0, 0, 20, 230),
    };
    expect([...resizeLevels(colour, { ...shape, height: 1, width: 2 })]).toEqual([0, 2]);
  });
});

it("a stroke is ink or nothing, and taking it away leaves what is transparent", () => {
  expect([groundLevel(shape), groundLevel(grey)]).toEqual([1, 0]);
  const base = new Uint8Array(16).fill(1);
  const tool = { kind: "draw", size: "medium", ink: [2, 2, 2] } as const;
  const { radius, ink } = brushOf(tool, shape);
  const drawn = new Stroke(base, shape, ink).to({ x: 1.5, y: 1.5 }, radius);
  expect(new Set(drawn)).toEqual(new Set([1, 2]));
  expect(drawn[5]).toBe(2);
  expect(brushOf({ ...tool, kind: "erase" }, shape).ink).toEqual([1, 1, 1]);
});

it("a level has its colour in a chart", () => {
  expect([0, 1, 2].map((level) => levelColour(level, 3, null, shape.palette))).toEqual([
    "#ff0000",
    "#09090900",
    "#0000ff",
  ]);
});
