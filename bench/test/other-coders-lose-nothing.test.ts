import sharp from "sharp";
import { expect, it } from "vitest";
import { otherCoders } from "../compression/other-coders.ts";
import { formsOf, sheetOf } from "../compression/raw-pictures.ts";

const palette = [
  [0, 0, 0, 0],
  [9, 0, 0, 255],
  [0, 8, 0, 255],
] as const;
const shape = { height: 2, width: 3, channels: 1, levels: 3, palette } as const;
const pictures = Uint8Array.from([0, 1, 2, 2, 1, 0, /**/ 1, 1, 1, 2, 2, 2, /**/ 0, 0, 0, 0, 0, 1]);

it("colours by number are given as numbers and as the colours themselves, on a sheet row by row", () => {
  const { levels, height, width } = sheetOf(pictures, shape);
  expect({ height, width }).toEqual({ height: 4, width: 6 });
  expect([...levels]).toEqual([
    ...[0, 1, 2, 1, 1, 1],
    ...[2, 1, 0, 2, 2, 2],
    ...[0, 0, 0, 0, 0, 0],
    ...[0, 0, 1, 0, 0, 0],
  ]);
  const [numbers, colours] = formsOf(pictures.subarray(0, 6), shape);
  expect([...numbers!.pixels]).toEqual([0, 1, 2, 2, 1, 0]);
  expect([...colours!.pixels]).toEqual([0, 1, 2, 2, 1, 0].flatMap((level) => palette[level]!));
});

it("WebP and PNG take the fewest bytes of these forms, from which the pictures come back", async () => {
  const bytes = { png: [0, 0], webp: [0, 0] };
  for (const kind of ["png", "webp"] as const) {
    for (let at = 0; at < pictures.length; at += 6) {
      for (const [i, form] of formsOf(pictures.subarray(at, at + 6), shape).entries()) {
        const { pixels, ...raw } = form;
        const one = sharp(pixels, { raw });
        const grey = raw.channels === 1 ? one.toColourspace("b-w") : one;
        const file =
          kind === "png"
            ? await grey.png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer()
            : await grey.webp({ lossless: true, effort: 6, exact: true }).toBuffer();
        bytes[kind][i]! += file.length;
        const back = await sharp(file).ensureAlpha().raw().toBuffer();
        const wanted =
          raw.channels === 4 ? [...pixels] : [...pixels].flatMap((level) => [level, level, level, 255]);
        expect([...back]).toEqual(wanted);
      }
    }
  }
  const { coders } = otherCoders(shape);
  const measured = (name: string) => coders.find((coder) => coder.name.startsWith(name))!.measure(pictures);
  expect(await measured("PNG (libpng")).toBe(Math.min(...bytes.png));
  expect(await measured("WebP (lossless")).toBe(Math.min(...bytes.webp));
  expect(await measured("WebP, all on one sheet")).toBeLessThan(Math.min(...bytes.webp));
});
