import { describe, expect, it } from "vitest";
import { packLevels, unpackLevels } from "../src/components/pictures/pack-levels.ts";

const shapes = [
  { height: 28, width: 28, channels: 1, levels: 2 },
  { height: 16, width: 16, channels: 1, levels: 4 },
  { height: 5, width: 7, channels: 3, levels: 5 },
  { height: 9, width: 3, channels: 3, levels: 256 },
  { height: 1, width: 1, channels: 1, levels: 2 },
];

describe.each(shapes)("$height×$width×$channels of $levels levels", (picture) => {
  const size = picture.height * picture.width * picture.channels;
  const levels = Uint8Array.from({ length: size }, (_, i) => (i * i + 3 * i + (i >> 2)) % picture.levels);

  it("comes back as it went, in letters that an address carries as they are", () => {
    const text = packLevels(levels, picture)!;
    expect(encodeURIComponent(text)).toBe(text);
    expect(unpackLevels(text, picture)).toEqual(levels);
  });

  it("is none when letters are missing, added or foreign", () => {
    const text = packLevels(levels, picture)!;
    for (const bad of [text.slice(1), `${text}A`, `${text.slice(1)}*`, ""]) {
      expect(unpackLevels(bad, picture)).toBeNull();
    }
  });
});

it("is none when it has levels that the model has not", () => {
  const text = packLevels(new Uint8Array(4).fill(7), { height: 2, width: 2, channels: 1, levels: 8 })!;
  expect(unpackLevels(text, { height: 2, width: 2, channels: 1, levels: 5 })).toBeNull();
});

it("is not put into a link when it is too large for one", () => {
  const picture = { height: 64, width: 64, channels: 3, levels: 256 };
  expect(packLevels(new Uint8Array(64 * 64 * 3), picture)).toBeNull();
});
