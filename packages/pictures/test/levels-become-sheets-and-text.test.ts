import { expect, test } from "vitest";
import { asciiPictures, drawSheet } from "../src/index.ts";

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
