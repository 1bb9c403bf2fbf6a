import { encode } from "fast-png";
import { expect, test } from "vitest";
import { decodePng, drawSheet, encodePng, rasterOf, splitSheet } from "../src/index.ts";

/** Pictures of which every block of pixels differs somewhere. */
function pictures(
  count: number,
  picture: { width: number; height: number; channels: number; levels: number },
) {
  const size = picture.width * picture.height * picture.channels;
  return Uint8Array.from({ length: count * size }, (_, i) => (i * 7 + Math.floor(i / 5)) % picture.levels);
}

test.each([
  { width: 16, height: 16, channels: 1, levels: 4, scale: 4 },
  { width: 28, height: 28, channels: 1, levels: 2, scale: 3 },
  { width: 9, height: 13, channels: 3, levels: 256, scale: 2 },
  { width: 64, height: 64, channels: 1, levels: 16, scale: 1 },
])(
  "pictures of $width×$height×$channels at scale $scale come back through a PNG file",
  ({ scale, ...picture }) => {
    const levels = pictures(6, picture);
    const sheet = decodePng(encodePng(drawSheet(levels, picture, { columns: 3, scale })));
    const split = splitSheet(sheet);
    expect(split).toHaveLength(6);
    const size = levels.length / 6;
    split.forEach((raster, i) => {
      expect(raster).toEqual(rasterOf(levels.subarray(i * size, (i + 1) * size), picture));
    });
  },
);

test("places that are left empty at the end are grey pictures", () => {
  const picture = { width: 4, height: 4, channels: 1, levels: 2 };
  const split = splitSheet(drawSheet(pictures(3, picture), picture, { columns: 2, scale: 2 }));
  expect(split).toHaveLength(4);
  expect(new Set(split[3]!.rgb)).toEqual(new Set([64]));
});

test("a PNG file with transparency or of nonsense is refused", () => {
  expect(() => decodePng(Uint8Array.of(1, 2, 3))).toThrow();
  const transparent = encode({ width: 1, height: 1, channels: 4, data: new Uint8Array(4), depth: 8 });
  expect(() => decodePng(transparent)).toThrow("expected a PNG file of 8 bits, grey or RGB, got 4 channels");
});
