import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataError, preparationFor } from "@pixelcnn/core/data";
import { type DatasetOptions, loadDataset } from "@pixelcnn/datasets";
import { readColours } from "@pixelcnn/datasets/files";
import { encode } from "fast-png";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { largestSize } from "../src/picture-size.ts";
import { at } from "./support/places.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

type Colour = readonly number[];

const RED: Colour = [220, 0, 0, 255];
const BLUE: Colour = [0, 0, 220, 255];
const GREEN: Colour = [0, 200, 0, 255];
const CLEAR: Colour = [9, 9, 9, 0];

/** An indexed PNG file; colours that are not opaque come first, as fast-png wants them. */
function indexed(
  width: number,
  height: number,
  numbers: readonly number[],
  palette: readonly Colour[],
): Uint8Array {
  const isOpaque = palette.every((colour) => colour[3] === 255);
  return encode({
    ...{ width, height, channels: 1, depth: 8, data: Uint8Array.from(numbers) },
    palette: palette.map((colour) => (isOpaque ? colour.slice(0, 3) : [...colour])),
  });
}

/** Ten files; the first pixels of the nth say n, so that none is a copy. */
function folderOf(make: (n: number) => Uint8Array, end = "png"): string {
  const folder = temporaryFolder();
  for (let n = 0; n < 10; n++) writeFileSync(join(folder, `${n}.${end}`), make(n));
  return folder;
}

/** The bits of n, then zeros. */
const bits = (n: number, length: number) => Array.from({ length }, (_, i) => (n >> i) & 1);

async function load(folder: string, options: DatasetOptions = {}) {
  const told: string[] = [];
  const set = await loadDataset(`folder:${folder}`, at(), { warn: (line) => told.push(line), ...options });
  const first = new Uint8Array(set.height * set.width * set.channels);
  set.train.read(0, first, 0);
  return { set, told: told.join(), first: [...first] };
}

describe("where every file is indexed", () => {
  it("PNG files keep their indices and their one palette, colours that nobody uses too, and that is told", async () => {
    const palette = [CLEAR, RED, BLUE, GREEN];
    const { set, told, first } = await load(folderOf((n) => indexed(4, 2, [3, 0, ...bits(n, 6)], palette)));
    expect(set).toMatchObject({ height: 2, width: 4, channels: 1, levels: 4, unordered: true, palette });
    expect(first).toEqual([3, 0, 0, 0, 0, 0, 0, 0]);
    expect(told).toMatch(
      /: indexed, so read as numbers of 4 colours \(--palette no reads amounts of light\)$/,
    );
    expect(preparationFor(set, 4)).toEqual({ levels: 4, binarise: null });
    expect(() => preparationFor(set, 256)).toThrow(DataError);
  });

  it("palettes of their own become one, of the colours that pixels have", async () => {
    const own = (n: number) => (n === 9 ? [GREEN, BLUE, CLEAR] : [RED, BLUE, GREEN]);
    const { set, first } = await load(
      folderOf((n) => {
        const colours = [...own(n)].sort((a, b) => a[3]! - b[3]!);
        const number = (colour: Colour) => colours.indexOf(colour);
        const pixels = [
          ...bits(n, 4).map((bit) => number(bit ? BLUE : own(n)[0]!)),
          n === 9 ? number(CLEAR) : 0,
        ];
        return indexed(5, 1, pixels, colours);
      }),
    );
    expect(set.palette).toEqual([RED, BLUE, CLEAR, GREEN]);
    expect(first).toEqual([0, 0, 0, 0, 0]);
  });

  it("GIF files too, the transparent colour among theirs", async () => {
    const folder = temporaryFolder();
    for (let n = 0; n < 10; n++) {
      const colours = [CLEAR, RED, ...bits(n, 6).map((bit) => (bit ? BLUE : GREEN))];
      const raw = { width: 8, height: 1, channels: 4 as const };
      await sharp(Buffer.from(colours.flat()), { raw })
        .gif({ dither: 0 })
        .toFile(join(folder, `${n}.gif`));
    }
    const { set, first } = await load(folder);
    expect(set.levels).toBe(4);
    expect(set.palette!.filter(([, , , alpha]) => alpha === 0)).toHaveLength(1);
    const colours = first.map((level) => set.palette![level]!);
    expect(colours[0]![3]).toBe(0);
    expect(colours.slice(1)).toEqual([RED, GREEN, GREEN, GREEN, GREEN, GREEN, GREEN]);
  });

  it("GIF files of one table in its order, less what fills it up", async () => {
    const table = [GREEN, CLEAR, BLUE, RED, GREEN, GREEN, GREEN, GREEN];
    const folder = temporaryFolder();
    for (let n = 0; n < 10; n++) {
      // The first files have other colours than the last, and others first.
      const pixels = [...bits(n, 6).map((bit) => (bit ? 2 : 3)), n > 5 ? 0 : 2, n > 7 ? 1 : 3];
      writeFileSync(join(folder, `${n}.gif`), gifOf(pixels, table, 1));
    }
    const { set, first } = await load(folder);
    expect(set.palette!.map(([, , , alpha]) => alpha)).toEqual([255, 0, 255, 255]);
    expect(set.palette!.filter((_, level) => level !== 1)).toEqual([GREEN, BLUE, RED]);
    expect(first).toEqual([3, 3, 3, 3, 3, 3, 2, 3]);
  });

  it("greys have an order, so they stay amounts of light", async () => {
    const greys = [
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ];
    const folder = folderOf((n) => indexed(4, 1, bits(n, 4), greys));
    expect((await load(folder)).set).toMatchObject({ levels: 256, channels: 1 });
    expect((await load(folder, { palette: true })).set).toMatchObject({ levels: 2, palette: greys });
  });

  it("other files are as they were, unless somebody asks", async () => {
    const folder = temporaryFolder();
    for (let n = 0; n < 10; n++) {
      const colours = [CLEAR, RED, ...bits(n, 6).map((bit) => (bit ? BLUE : GREEN))];
      const raw = { width: 8, height: 1, channels: 4 as const };
      await sharp(Buffer.from(colours.flat()), { raw })
        .png()
        .toFile(join(folder, `${n}.png`));
    }
    expect((await load(folder)).set).toMatchObject({ levels: 256, channels: 3 });
    const { set, told } = await load(folder, { palette: true });
    expect(set.palette).toEqual([CLEAR, RED, GREEN, BLUE]);
    expect(told).toBe("");
    // On white nothing is transparent.
    expect((await load(folder, { palette: true, background: "white" })).set.palette).toEqual([
      [255, 255, 255, 255],
      RED,
      GREEN,
      BLUE,
    ]);
    await expect(load(folder, { palette: true, grey: true })).rejects.toThrow(
      /--grey or --palette yes, got both/,
    );
  });

  it("--palette no reads them in colour", async () => {
    const folder = folderOf((n) => indexed(4, 1, bits(n, 4), [RED, BLUE]));
    const { set, told } = await load(folder, { palette: false });
    expect(set).toMatchObject({ levels: 256, channels: 3 });
    expect(set.palette).toBeUndefined();
    expect(told).toBe("");
  });
});

describe("sprites of unequal size", () => {
  const folder = () =>
    folderOf((n) => (n === 0 ? indexed(2, 1, [0, 1], [RED, BLUE]) : indexed(4, 3, bits(n, 12), [RED, BLUE])));

  it("are padded with what is transparent, which is told, and never scaled", async () => {
    const { set, told, first } = await load(folder());
    expect(set).toMatchObject({ height: 3, width: 4, palette: [RED, BLUE, [0, 0, 0, 0]] });
    expect(first).toEqual([2, 2, 2, 2, 2, 0, 1, 2, 2, 2, 2, 2]);
    expect(told).toContain("; 1 padded to 4×3 with what is transparent");
    const black = await load(folder(), { background: "black", size: { width: 6, height: 3 } });
    expect(black.set.palette).toEqual([RED, BLUE, [0, 0, 0, 255]]);
  });

  it("are refused where they are larger than they may be", async () => {
    await expect(load(folder(), { size: { width: 3, height: 3 } })).rejects.toThrow(
      /1\.png: expected at most 3×3 pixels, got 4×3, and colours by number cannot be scaled; .*--palette no/,
    );
  });
});

describe("a palette that cannot be", () => {
  it("is refused by its header where its pixels would take gigabytes", async () => {
    const huge = await sharp({ create: { width: 5000, height: 4000, channels: 3, background: "red" } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    await expect(readColours(huge, "huge.png")).rejects.toThrow(
      "huge.png: expected at most 16777216 pixels, got 5000×4000; scale it down or remove it",
    );
  });

  it("of more than 256 colours is refused with their number", async () => {
    const colours = (n: number) => Array.from({ length: 30 }, (_, i) => [n * 20 + (i & 15), i, 200, 255]);
    const folder = folderOf((n) =>
      indexed(
        30,
        1,
        Array.from({ length: 30 }, (_, i) => i),
        colours(n),
      ),
    );
    await expect(load(folder)).rejects.toThrow(
      /expected pictures of 2 to 256 colours together, got 300;.*--palette no/,
    );
  });

  it("is refused where a model's is asked for and a file has another colour", async () => {
    const folder = folderOf((n) => indexed(4, 1, bits(n, 4), [RED, BLUE]));
    const palette = [BLUE, GREEN, RED] as [number, number, number, number][];
    const { set, first } = await load(folder, { palette });
    expect(set.palette).toEqual(palette);
    expect(first).toEqual([2, 2, 2, 2]);
    await expect(load(folder, { palette: palette.slice(1) })).rejects.toThrow(
      /1\.png: expected the 2 colours of the model, got #0000dc; take its colours/,
    );
    await expect(load(folder, { palette, size: { width: 5, height: 1 } })).rejects.toThrow(
      /the model has no transparent colour to put around smaller ones, got 10 smaller/,
    );
  });

  it("is no choice for sets that have no pictures' files", async () => {
    await expect(loadDataset("glyphs", at(), { palette: true })).rejects.toThrow(/--palette with folder/);
  });
});

/** A GIF of one row of a table of 8 colours; every pixel is a code of four bits behind one that empties the decoder's own table. */
function gifOf(
  pixels: readonly number[],
  table: readonly (readonly number[])[],
  transparent: number,
): Buffer {
  const codes = [...pixels.flatMap((index) => [8, index]), 9, 0];
  const packed = Array.from({ length: codes.length / 2 }, (_, i) => codes[2 * i]! | (codes[2 * i + 1]! << 4));
  return Buffer.from([
    ...Buffer.from("GIF89a"),
    ...[pixels.length, 0, 1, 0, 0x82, 0, 0],
    ...table.flatMap((colour) => colour.slice(0, 3)),
    ...[0x21, 0xf9, 4, 1, 0, 0, transparent, 0],
    ...[0x2c, 0, 0, 0, 0, pixels.length, 0, 1, 0, 0],
    ...[3, packed.length, ...packed, 0, 0x3b],
  ]);
}

it("more pictures than a call has arguments have a largest size", () => {
  const pictures = Array.from({ length: 200_000 }, (_, i) => ({ height: 1 + (i % 7), width: 1 + (i % 5) }));
  expect(largestSize(pictures)).toEqual({ height: 7, width: 5 });
});
