import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { DatasetsError, loadDataset } from "@pixelcnn/datasets";
import { decodePicture } from "@pixelcnn/datasets/files";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { at } from "./support/places.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

/** Left half red, right half blue, the upper half of each lighter by 50: scaling blurs by less than that. */
function quarters(width: number, height: number) {
  const pixels = Array.from({ length: width * height }, (_, i) => {
    const light = Math.floor(i / width) < height / 2 ? 50 : 0;
    return i % width < width / 2 ? [200 + light, light, light] : [light, light, 200 + light];
  });
  return sharp(Buffer.from(pixels.flat()), { raw: { width, height, channels: 3 } });
}
const format = { height: 2, width: 2, channels: 3 } as const;
const QUARTERS = [250, 50, 50, 50, 50, 250, 200, 0, 0, 0, 0, 200];

function expectClose(bytes: Uint8Array, expected: readonly number[], tolerance: number): void {
  expect(bytes).toHaveLength(expected.length);
  bytes.forEach((byte, i) => {
    expect(Math.abs(byte - expected[i]!), `value ${i} of ${bytes}`).toBeLessThanOrEqual(tolerance);
  });
}

describe("a picture", () => {
  it.each(["png", "jpeg", "webp", "gif", "tiff", "avif"] as const)(
    "of kind %s has its colours and its top on top",
    async (kind) => {
      const image = await quarters(64, 64).toFormat(kind, { quality: 95 }).toBuffer();
      expectClose(await decodePicture(image, "picture", format), QUARTERS, 24);
    },
  );

  it("is turned as its EXIF says", async () => {
    const sideways = await quarters(64, 64).rotate(-90).png().toBuffer();
    const image = await sharp(sideways).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer();
    expectClose(await decodePicture(image, "picture", format), QUARTERS, 24);
  });

  it("is cut to the middle, never stretched, whatever its shape", async () => {
    const row = Buffer.from([...Array(30).fill(10), ...Array(40).fill(200), ...Array(30).fill(90)]);
    const wide = sharp(Buffer.concat(Array(20).fill(row)), { raw: { width: 100, height: 20, channels: 1 } });
    const image = await wide.png().toBuffer();
    const square = await decodePicture(image, "picture", { height: 4, width: 4, channels: 1 });
    expectClose(square, Array(16).fill(200), 6);
    const strip = await decodePicture(image, "picture", { height: 2, width: 10, channels: 1 });
    expectClose(Uint8Array.of(strip[0]!, strip[5]!, strip[9]!), [10, 200, 90], 3);
  });

  it("may be grey, palette, transparent, of 16 bits or CMYK", async () => {
    const solid = (channels: 3 | 4, background: object) =>
      sharp({ create: { width: 9, height: 9, channels, background } } as never);
    const orange = { r: 240, g: 120, b: 20 };
    const clear = await solid(4, { r: 0, g: 0, b: 0, alpha: 0 }).png().toBuffer();
    expectClose(await decodePicture(clear, "picture", format), Array(12).fill(255), 0);
    const palette = await solid(3, orange).png({ palette: true }).toBuffer();
    expectClose(await decodePicture(palette, "picture", format), Array(4).fill([240, 120, 20]).flat(), 4);
    const deep = await solid(3, orange).toColourspace("rgb16").png().toBuffer();
    expectClose(await decodePicture(deep, "picture", format), Array(4).fill([240, 120, 20]).flat(), 2);
    const cmyk = await solid(3, { r: 255, g: 255, b: 255 }).toColourspace("cmyk").jpeg().toBuffer();
    expectClose(await decodePicture(cmyk, "picture", format), Array(12).fill(255), 6);
    const grey = await solid(3, orange).greyscale().png().toBuffer();
    const [red, green, blue] = await decodePicture(grey, "picture", format);
    expect(red === green && green === blue).toBe(true);
    expect(await decodePicture(palette, "picture", { ...format, channels: 1 })).toHaveLength(4);
  });

  /** A PNG whose header asks for so many pixels, and which has a few bytes of them. */
  function absurdPng(width: number, height: number): Buffer {
    const crcTable = Array.from({ length: 256 }, (_, n) => {
      let c = n;
      for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
      return c >>> 0;
    });
    const chunk = (type: string, data: Buffer) => {
      const body = Buffer.concat([Buffer.from(type), data]);
      let crc = 0xffffffff;
      for (const byte of body) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
      const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
      length.writeUInt32BE(data.length);
      sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
      return Buffer.concat([length, body, sum]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
    return Buffer.concat([
      start,
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Buffer.alloc(1000))),
      chunk("IEND", Buffer.alloc(0)),
    ]);
  }

  it.each([
    [100_000, 100_000, /at most 104857600 pixels|Input image exceeds pixel limit/],
    [2_000_000_000, 1, /pixels|sound picture/],
    [11_000, 11_000, /pixel/],
    [6_029_336, 17, /sides of at most 32768 pixels, got 6029336×17; cut it up or remove it/],
  ])("of %i×%i pixels is refused before memory is taken", async (width, height, message) => {
    const before = process.memoryUsage().rss;
    const refused = decodePicture(absurdPng(width, height), "picture", format);
    await expect(refused).rejects.toThrow(DatasetsError);
    await expect(refused).rejects.toThrow(message);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
  });

  it("that is cut or none at all is refused", async () => {
    const image = await quarters(64, 64).jpeg().toBuffer();
    for (const bad of [image.subarray(0, image.length / 2), Buffer.from("no picture"), Buffer.alloc(0)]) {
      await expect(decodePicture(bad, "picture", format)).rejects.toThrow(
        /^picture: expected a sound picture/,
      );
    }
  });
});

describe("a folder of pictures", () => {
  async function fill(folder: string, names: readonly string[]): Promise<void> {
    for (const [i, name] of names.entries()) {
      const path = join(folder, name);
      mkdirSync(join(path, ".."), { recursive: true });
      await quarters(20 + i, 50 - i).toFile(path);
    }
  }
  const numbered = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(2, "0")}.png`);

  it("has its subfolders as classes, in the size and colours that were asked for", async () => {
    const folder = temporaryFolder();
    await fill(folder, [...numbered("cat/", 12), ...numbered("ant/deeper/", 12)]);
    writeFileSync(join(folder, "cat", "notes.txt"), "no picture");
    writeFileSync(join(folder, ".hidden.png"), "no picture");
    const set = await loadDataset(`folder:${folder}`, at(), { size: { height: 6, width: 10 } });
    expect(set).toMatchObject({ height: 6, width: 10, channels: 3, levels: 256, classes: 2 });
    expect(set.classNames).toEqual(["ant", "cat"]);
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([20, 2, 2]);
    const picture = new Uint8Array(180);
    expect([set.train.read(0, picture, 0), set.train.read(19, picture, 0)]).toEqual([0, 1]);
    expectClose(picture.subarray(0, 3), [250, 50, 50], 3);
    expectClose(picture.subarray(177), [0, 0, 200], 3);
    const grey = await loadDataset(`folder:${folder}`, at(), { grey: true });
    expect(grey).toMatchObject({ height: 32, width: 32, channels: 1 });
  });

  it("is one class of none where there are no subfolders", async () => {
    const folder = temporaryFolder();
    await fill(folder, numbered("", 10));
    expect((await loadDataset(`folder:${folder}`, at())).classes).toBe(0);
  });

  it("keeps the parts train, validation and test, and their classes agree", async () => {
    const folder = temporaryFolder();
    await fill(folder, [
      ...numbered("train/a/", 6),
      ...numbered("train/b/", 6),
      ...numbered("test/b/", 2),
      "validation/a/0.png",
    ]);
    const set = await loadDataset(`folder:${folder}`, at(), { size: { height: 2, width: 2 } });
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([12, 1, 2]);
    expect(set.test.read(0, new Uint8Array(12), 0)).toBe(1);
    await fill(folder, ["test/c/0.png"]);
    await expect(loadDataset(`folder:${folder}`, at())).rejects.toThrow(/one of the classes a, b, got c/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ["with nothing in it", [], /expected pictures .* found none/],
    ["with pictures beside class folders", [...numbered("a/", 10), "b.png"], /got both/],
    ["with too few pictures", numbered("a/", 9), /at least 10 pictures to set some aside, got 9/],
  ])("%s is refused", async (_, names, message) => {
    const folder = temporaryFolder();
    await fill(folder, names);
    await expect(loadDataset(`folder:${folder}`, at())).rejects.toThrow(message);
  });

  it("with a broken picture is refused by the picture's name", async () => {
    const folder = temporaryFolder();
    await fill(folder, numbered("", 10));
    writeFileSync(join(folder, "99.jpg"), "no picture");
    await expect(loadDataset(`folder:${folder}`, at())).rejects.toThrow(/99\.jpg: expected a sound picture/);
  });

  it("that is not there is refused", async () => {
    await expect(loadDataset("folder:/nowhere/at/all", at())).rejects.toThrow(
      /folder of pictures at .*nowhere/,
    );
  });
});
