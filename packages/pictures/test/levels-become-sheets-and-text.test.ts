import { OptionError, ShapeError } from "@pixelcnn/core";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { asciiPictures, drawDeepSheet, drawSheet, encodePng } from "../src/index.ts";

const grey = { height: 2, width: 2, channels: 1, levels: 4 };
const rgb = { height: 1, width: 2, channels: 3, levels: 2 };

test("a sheet scales every picture in place, with gaps between", () => {
  const sheet = drawSheet(Uint8Array.of(0, 1, 2, 3, 3, 2, 1, 0), grey, { columns: 2, scale: 1 });
  expect([sheet.width, sheet.height, sheet.channels]).toEqual([7, 4, 1]);
  const gap = new Array(7).fill(64);
  expect([...sheet.data]).toEqual([
    ...gap,
    ...[64, 0, 85, 64, 255, 170, 64],
    ...[64, 170, 255, 64, 85, 0, 64],
    ...gap,
  ]);
});

test("a sheet of a colour picture is in colour", () => {
  const sheet = drawSheet(Uint8Array.of(1, 0, 0, 0, 0, 1), rgb, { columns: 1, scale: 1 });
  expect([...sheet.data.slice(12, 24)]).toEqual([64, 64, 64, 255, 0, 0, 0, 0, 255, 64, 64, 64]);
});

test("text has two characters a pixel, lower levels with less ink", () => {
  expect(asciiPictures(Uint8Array.of(0, 1, 2, 3), grey, false)).toEqual(["  --\n**@@"]);
});

test("text of a colour picture is in colour where that is wanted, and by luma where it is not", () => {
  const pixels = Uint8Array.of(1, 0, 0, 0, 0, 1);
  expect(asciiPictures(pixels, rgb, true)).toEqual([
    "\x1b[38;2;255;0;0m::\x1b[39m\x1b[38;2;0;0;255m..\x1b[39m",
  ]);
  expect(asciiPictures(pixels, rgb, false)).toEqual(["::.."]);
});

test.each([65_536, 4096, 300])(
  "a deep sheet of %i levels is a PNG file of 16 bits that keeps every level",
  (levels) => {
    const pixels = Uint16Array.from({ length: 256 }, (_, i) => Math.floor((i * (levels - 1)) / 255));
    const picture = { height: 16, width: 16, channels: 1, levels };
    const file = decode(encodePng(drawDeepSheet(pixels, picture, { columns: 1, scale: 2 })));
    expect(file).toMatchObject({ width: 34, height: 34, depth: 16 });
    pixels.forEach((level, i) => {
      const shown = file.data[(1 + 2 * Math.floor(i / 16)) * 34 + 1 + 2 * (i % 16)]!;
      expect(Math.floor((shown * levels) / 65_536)).toBe(level);
      if (levels === 65_536) expect(shown).toBe(level);
    });
    expect([Math.min(...file.data), Math.max(...file.data)]).toEqual([0, 65_535]);
  },
);

test.each([
  [
    "values that are no whole pictures",
    () => drawSheet(new Uint8Array(7), grey, { columns: 2, scale: 1 }),
    ShapeError,
  ],
  [
    "a level that there is not",
    () => drawSheet(Uint8Array.of(0, 1, 2, 4), grey, { columns: 2, scale: 1 }),
    OptionError,
  ],
  ["no columns", () => drawSheet(new Uint8Array(4), grey, { columns: 0, scale: 1 }), OptionError],
  ["half a scale", () => drawSheet(new Uint8Array(4), grey, { columns: 1, scale: 0.5 }), OptionError],
  [
    "a deep sheet of a level that there is not",
    () => drawDeepSheet(new Uint8Array(4).fill(9), grey, { columns: 1, scale: 1 }),
    OptionError,
  ],
  ["text of no whole picture", () => asciiPictures(new Uint8Array(3), grey, false), ShapeError],
  [
    "text of a level that there is not",
    () => asciiPictures(Uint8Array.of(0, 1, 2, 9), grey, false),
    OptionError,
  ],
])("%s: refused", (_, make, kind) => {
  expect(make).toThrow(kind);
});
