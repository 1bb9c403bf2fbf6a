import type { Palette } from "@pixelcnn/core";
import { convertIndexedToRgb, decode } from "fast-png";
import { describe, expect, it } from "vitest";
import {
  asciiPictures,
  decodePng,
  drawSheet,
  encodeGif,
  encodePng,
  rasterOf,
  splitSheet,
} from "../src/index.ts";

/** The transparent one is not the first: PNG's tRNS has to reach it. */
const palette: Palette = [
  [255, 255, 255, 255],
  [200, 0, 0, 255],
  [1, 2, 3, 0],
  [0, 0, 90, 255],
];
const picture = { height: 2, width: 2, channels: 1, levels: 4, palette };

describe("a sheet of a palette's pictures", () => {
  const sheet = drawSheet(Uint8Array.of(0, 1, 2, 3), picture, { columns: 1, scale: 1 });

  it("has numbers of the palette's colours, and one more for the gaps", () => {
    expect([...sheet.data]).toEqual([...[4, 4, 4, 4], ...[4, 0, 1, 4], ...[4, 2, 3, 4], ...[4, 4, 4, 4]]);
    expect(sheet.palette).toEqual([...palette, [64, 64, 64, 255]]);
    const grey: Palette = [...palette.slice(0, 3), [64, 64, 64, 255]];
    const own = drawSheet(Uint8Array.of(0, 3, 0, 3), { ...picture, palette: grey }, { columns: 1, scale: 1 });
    expect(own.palette).toEqual(grey);
  });

  it("is an indexed PNG file, alpha included, that comes back", () => {
    const file = decode(encodePng(sheet), { checkCrc: true });
    expect(file).toMatchObject({ depth: 8, channels: 1 });
    expect(file.palette).toEqual(sheet.palette);
    expect([...file.data]).toEqual([...sheet.data]);
    const opaque = decode(
      encodePng({ ...sheet, palette: sheet.palette!.map(([r, g, b]) => [r, g, b, 255]) }),
    );
    expect(opaque.palette).toEqual(sheet.palette!.map(([r, g, b]) => [r, g, b]));
    const back = splitSheet(decodePng(encodePng(sheet)));
    expect([...back[0]!.rgb]).toEqual([255, 255, 255, 200, 0, 0, 0, 0, 0, 0, 0, 90]); // on black
  });

  it("whose palette is full gives the gaps the colour that is most like theirs", () => {
    const full: Palette = Array.from(
      { length: 256 },
      (_, i) => [i, i, i === 70 ? 71 : 255 - i, 255] as const,
    );
    const all = { ...picture, levels: 256, palette: full };
    const large = drawSheet(Uint8Array.of(0, 9, 100, 255), all, { columns: 1, scale: 1 });
    expect(large.palette).toEqual(full);
    expect([...large.data.subarray(0, 7)]).toEqual([70, 70, 70, 70, 70, 0, 9]);
  });
});

it("text is by luma, in colour where that is wanted", () => {
  const pixels = Uint8Array.of(0, 1, 2, 3);
  expect(asciiPictures(pixels, picture, false)).toEqual(["@@::\n"]);
  const [line] = asciiPictures(pixels, picture, true)[0]!.split("\n");
  expect(line).toBe("\x1b[38;2;255;255;255m@@\x1b[39m\x1b[38;2;200;0;0m::\x1b[39m");
  expect([...rasterOf(pixels, picture).rgb.subarray(9)]).toEqual([0, 0, 90]);
});

it("a GIF has its colours in their places", async () => {
  const sheet = drawSheet(Uint8Array.of(0, 1, 2, 3), picture, { columns: 1, scale: 1 });
  const bytes = await encodeGif(2, () => sheet, 4);
  const table = Array.from({ length: 5 }, (_, i) => [...bytes.subarray(13 + 3 * i, 16 + 3 * i)]);
  expect(table).toEqual(sheet.palette!.map(([r, g, b]) => [r, g, b]));
  expect(convertIndexedToRgb(decode(encodePng(sheet))).length).toBe(4 * 16);
});
