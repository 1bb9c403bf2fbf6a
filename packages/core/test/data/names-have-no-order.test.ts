import { expect, it } from "vitest";
import { DataError, pictureOf, picturesDataset, preparationFor, readBatch } from "../../src/data/index.ts";
import {
  checkPalette,
  colourText,
  isOrdered,
  nearestLevel,
  OptionError,
  type Palette,
} from "../../src/index.ts";

const three: Palette = [
  [0, 0, 0, 0],
  [200, 10, 10, 255],
  [10, 10, 200, 128],
];

/** Twenty pictures of 2×2, each of the numbers 0 … 2 in turn. */
function numbered(options: { palette?: Palette; names?: number }) {
  const pixels = Uint8Array.from({ length: 80 }, (_, i) => i % 3);
  return picturesDataset({
    ...{ name: "numbers", height: 2, width: 2, channels: 1, classNames: [], ...options },
    train: { pixels, labels: new Uint8Array(20) },
  });
}

it("levels that are names are taken as they are, and never made fewer", () => {
  for (const set of [numbered({ palette: three }), numbered({ names: 3 })]) {
    expect(set).toMatchObject({ levels: 3, unordered: true });
    expect(isOrdered(pictureOf(set))).toBe(false);
    const preparation = preparationFor(set, 3);
    expect(preparation).toEqual({ levels: 3, binarise: null });
    const { levels } = readBatch(set, set.train, [0, 1], preparation, { seed: 0, time: 1 });
    expect([...levels]).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
    for (const other of [2, 4, 256]) {
      expect(() => preparationFor(set, other)).toThrow(DataError);
      expect(() => preparationFor(set, other)).toThrow(/numbers has 3 levels .* without an order.*choose 3/);
    }
  }
  expect(numbered({ palette: three }).palette).toEqual(three);
  // Codes of which the set has not all.
  expect(preparationFor(numbered({ names: 9 }), 9)).toEqual({ levels: 9, binarise: null });
});

it("a number that names nothing is refused", () => {
  expect(() => numbered({ names: 2 })).toThrow(/expected numbers from 0 to 1, got 2/);
  expect(() => numbered({ names: 1 })).toThrow(/at least 2 things, got 1/);
});

it.each([
  ["a colour too few", three.slice(1), { channels: 1, levels: 3 }, "3 colours, one a level"],
  ["three channels", three, { channels: 3, levels: 3 }, "pictures of 1 channel"],
  [
    "a colour twice",
    [three[0]!, three[1]!, three[1]!],
    { channels: 1, levels: 3 },
    "#c80a0a as levels 1 and 2",
  ],
  [
    "no byte",
    [...three.slice(1), [0, 0, 256, 0] as const],
    { channels: 1, levels: 3 },
    "four bytes a colour",
  ],
  [
    "half a byte",
    [...three.slice(1), [0, 0, 0.5, 0] as const],
    { channels: 1, levels: 3 },
    "four bytes a colour",
  ],
  [
    "more than a palette has",
    Array.from({ length: 257 }, (_, i) => [i & 255, i >> 8, 0, 255] as const),
    { channels: 1, levels: 257 },
    "at most 256, got 257",
  ],
] as const)("a palette with %s is refused", (_, palette, shape, message) => {
  expect(() => checkPalette(palette, shape)).toThrow(OptionError);
  expect(() => checkPalette(palette, shape)).toThrow(message);
});

it("the nearest colour is one that looks alike: what cannot be seen is like nothing that can", () => {
  expect(nearestLevel(three, [255, 255, 255, 0])).toBe(0);
  expect(nearestLevel(three, [150, 0, 0, 255])).toBe(1);
  expect(nearestLevel(three, [0, 0, 220, 140])).toBe(2);
  expect(three.map(colourText)).toEqual(["#00000000", "#c80a0a", "#0a0ac880"]);
});
