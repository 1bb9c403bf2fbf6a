import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { absoluteName, type DatasetOptions, fullName, loadDataset } from "@pixelcnn/datasets";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { at } from "./support/places.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

type Values = (i: number) => readonly number[];

/** A PNG file; `values` gives the bytes of pixel i. */
function png(width: number, height: number, values: Values, channels: 1 | 3 | 4 = 1) {
  const bytes = Array.from({ length: width * height }, (_, i) => values(i)).flat();
  return sharp(Buffer.from(bytes), { raw: { width, height, channels } }).png();
}

/** A folder of pictures, each with its number in its first pixel. */
async function folderOf(count: number, make: (n: number) => ReturnType<typeof png>): Promise<string> {
  const folder = temporaryFolder();
  for (let n = 0; n < count; n++) await make(n).toFile(join(folder, `${String(n).padStart(2, "0")}.png`));
  return folder;
}

async function load(folder: string, options: DatasetOptions = {}) {
  const told: string[] = [];
  const set = await loadDataset(`folder:${folder}`, at(), {
    warn: (line) => told.push(line),
    ...options,
  });
  const size = set.height * set.width * set.channels;
  const picture = (part: "train" | "test" | "validation", index: number) => {
    const pixels = set.levels > 256 ? new Uint16Array(size) : new Uint8Array(size);
    set[part].read(index, pixels, 0);
    return [...pixels];
  };
  return { set, told, picture };
}

const grey: Values = (i) => [i * 2];

describe("pictures that all agree", () => {
  it("in size and in being grey stay what they are, of 8 bits, of 1 bit and of 16, and stored in colour", async () => {
    const eight = await load(await folderOf(10, (n) => png(12, 9, (i) => [i === 0 ? n : i])));
    expect(eight.set).toMatchObject({ width: 12, height: 9, channels: 1 });
    expect(eight.picture("train", 3)).toEqual(Array.from({ length: 108 }, (_, i) => (i === 0 ? 3 : i)));
    expect(eight.told).toEqual([]);

    const bits = await folderOf(10, (n) =>
      png(8, 8, (i) => [i === 3 * n + 1 || i % 3 === 0 ? 255 : 0]).png({ palette: true, colours: 2 }),
    );
    const one = await load(bits);
    expect(one.set).toMatchObject({ width: 8, height: 8, channels: 1 });
    expect(one.picture("train", 1)).toEqual(
      Array.from({ length: 64 }, (_, i) => (i === 4 || i % 3 === 0 ? 255 : 0)),
    );

    for (const channels of [1, 3] as const) {
      const value = (n: number, i: number) => (i * 1021 + n * 40_503) % 65_536;
      const folder = temporaryFolder();
      for (let n = 0; n < 10; n++) {
        const data = Uint16Array.from({ length: 64 * channels }, (_, i) => value(n, i));
        const space = channels === 1 ? "grey16" : "rgb16";
        const picture = sharp(data, { raw: { width: 8, height: 8, channels } }).toColourspace(space);
        await picture.png().toFile(join(folder, `${n}.png`));
      }
      const deep = await load(folder);
      expect(deep.set).toMatchObject({ width: 8, height: 8, channels, levels: 65_536 });
      expect(deep.picture("train", 2)).toEqual(Array.from({ length: 64 * channels }, (_, i) => value(2, i)));
      expect(deep.told).toEqual([]);
      // One of 8 bits beside them is spread over 16.
      await png(8, 8, (i) => [i]).toFile(join(folder, "00.png"));
      const mixed = await load(folder, { grey: channels === 1 });
      const white = Array.from({ length: 64 }, (_, i) => new Array<number>(channels).fill(257 * i)).flat();
      expect(mixed.picture("train", 1)).toEqual(white); // 00 comes after 0
      expect(mixed.told).toEqual([expect.stringMatching(/: 1 of 8 bits per value read as 16$/)]);
    }

    const colour = await load(await folderOf(10, (n) => png(8, 8, (i) => [i + n, i + n, i + n], 3)));
    expect(colour.set.channels).toBe(1);
    expect(colour.picture("test", 0)).toEqual(Array.from({ length: 64 }, (_, i) => i + 9));
  });

  it("become what was asked for, and then nothing is told", async () => {
    const folder = await folderOf(10, (n) => png(12, 12, (i) => [i + n]));
    const { set, told } = await load(folder, { size: { width: 6, height: 4 }, grey: false });
    expect(set).toMatchObject({ width: 6, height: 4, channels: 3 });
    expect(told).toEqual([]);
  });

  it("are scaled where they are larger than anyone draws unasked", async () => {
    const { set, told } = await load(await folderOf(10, (n) => png(200, 4, () => [n])));
    expect(set).toMatchObject({ width: 32, height: 32 });
    expect(told).toEqual([
      expect.stringMatching(/: 10 scaled and cut to 32×32 \(--size chooses another size\)$/),
    ]);
  });
});

describe("what is done without having been asked for is told in one line", () => {
  it("other sizes, alpha channels, files that are no pictures, by their kinds", async () => {
    const folder = await folderOf(10, (n) =>
      png(n === 0 ? 40 : 32, 32, (i) => [i % 256, n, 0, i === 0 ? 0 : 255], 4),
    );
    for (const name of ["a.bmp", "b.BMP", "notes.txt", ".hidden.txt"])
      writeFileSync(join(folder, name), name);
    const { told } = await load(folder);
    expect(told).toHaveLength(1);
    expect(told[0]).toBe(
      `pictures of ${folder.split("/").at(-1)}: 1 scaled and cut to 32×32 (--size chooses another size); ` +
        "10 with an alpha channel put on white (--background chooses another colour); " +
        "3 files passed over that cannot be read as pictures (2 .bmp, 1 .txt; png, jpg, webp, gif, tiff, avif can)",
    );
  });

  it("a folder of nothing else says what is there instead", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.bmp"), "");
    await expect(load(folder)).rejects.toThrow(
      /expected pictures \(png.*\), found 1 \.bmp instead; .*convert/,
    );
  });

  it("what a model wants is told, though it is asked for", async () => {
    const folder = await folderOf(10, (n) => png(12, 12, (i) => [i, n, 0], 3));
    const { told } = await load(folder, { size: { width: 8, height: 8 }, grey: true, forModel: true });
    expect(told[0]).toContain(
      "10 scaled and cut to 8×8 (as the model takes them); read as grey (as the model takes them)",
    );
  });
});

it("transparent parts are put on the colour that was chosen", async () => {
  const folder = await folderOf(10, (n) => png(4, 4, () => [200, n, 10, n === 0 ? 255 : 0], 4));
  expect((await load(folder)).picture("train", 1).slice(0, 3)).toEqual([255, 255, 255]);
  const black = await load(folder, { background: "black" });
  expect(black.picture("train", 1).slice(0, 3)).toEqual([0, 0, 0]);
  expect(black.told).toEqual([]);
  expect((await load(folder, { background: "#102030" })).picture("train", 1).slice(0, 3)).toEqual([
    16, 32, 48,
  ]);
  await expect(loadDataset("glyphs", at(), { background: "black" })).rejects.toThrow(
    /expected --background with folder/,
  );
});

describe("a picture is in one part alone", () => {
  it("copies and links of it are left out", async () => {
    const folder = await folderOf(20, (n) => png(4, 4, (i) => [i + n]));
    // Between the originals, where every tenth is tested on.
    for (let n = 0; n < 10; n++) copyFileSync(join(folder, `0${n}.png`), join(folder, `0${n}-copy.png`));
    symlinkSync(join(folder, "00.png"), join(folder, "99.png"));
    const { set, told, picture } = await load(folder);
    const parts = (["train", "validation", "test"] as const).flatMap((part) =>
      Array.from({ length: set[part].length }, (_, i) => picture(part, i)[0]),
    );
    expect(parts.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(told).toEqual([expect.stringMatching(/: 11 left out that are copies of others$/)]);
  });

  it("what is tested on is not trained on, where the parts are given", async () => {
    const folder = temporaryFolder();
    for (const part of ["train", "test", "val"]) mkdirSync(join(folder, part));
    for (let n = 0; n < 12; n++)
      await png(4, 4, (i) => [i + n]).toFile(join(folder, "train", `${n + 10}.png`));
    copyFileSync(join(folder, "train", "10.png"), join(folder, "test", "other-name.png"));
    const { set, told, picture } = await load(folder);
    expect(set.test.length).toBe(1);
    const trained = (["train", "validation"] as const).flatMap((part) =>
      Array.from({ length: set[part].length }, (_, i) => picture(part, i)[0]),
    );
    expect(trained.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
    expect(told[0]).toContain("1 left out that are copies of others");
    expect(told[0]).toContain("1 file passed over"); // "val" is no part's name
  });
});

it("the bare path of a folder stands for the folder of pictures", async () => {
  const folder = await folderOf(10, (n) => png(4, 4, (i) => [grey(i)[0]! + n]));
  expect(fullName(folder, "/")).toBe(`folder:${folder}`);
  expect(absoluteName(folder, "/")).toBe(`folder:${folder}`);
  expect((await loadDataset(folder, at())).train.length).toBe(8);
  expect([fullName("glyphs", "/"), fullName("mnist", "/")]).toEqual(["glyphs", "mnist"]);
  await expect(loadDataset(join(folder, "nowhere"), at())).rejects.toThrow(
    /where no folder is; name a folder of pictures/,
  );
});
