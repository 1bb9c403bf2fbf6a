/** What the page's compressor gives back is all of a file, or one line says what it would have cut. */
import { encodePxc, type Palette } from "@pixelcnn/core";
import { encodePng } from "@pixelcnn/pictures";
import { describe, expect, it } from "vitest";
import { readStoredPicture } from "../src/views/compress/read-stored-picture.ts";
import { CompressionEngine } from "../src/workers/compression/compression-engine.ts";
import { untrainedModel } from "./support/untrained-model.ts";

const palette: Palette = [
  [0, 0, 0, 0],
  [200, 30, 20, 255],
  [1, 2, 3, 128],
];
const size = { height: 3, width: 4 };
const small = { channels: 4, layers: 1 };
const mixture = { kind: "mixture", components: 2 } as const;
const models = {
  grey: untrainedModel("local", { picture: { ...size, channels: 1, levels: 4 }, window: 3, ...small }),
  colours: untrainedModel("local", {
    picture: { ...size, channels: 1, levels: 3, palette },
    window: 3,
    ...small,
  }),
  deep: untrainedModel("local", {
    picture: { ...size, channels: 1, levels: 65_536 },
    window: 3,
    likelihood: mixture,
    ...small,
  }),
};
const engine = new CompressionEngine();
for (const [name, { file }] of Object.entries(models)) engine.load(name, Uint8Array.from(file).buffer);
const nothing = () => {};

describe("of a .pxc file", () => {
  it("every picture", async () => {
    const levels = Uint8Array.from({ length: 36 }, (_, i) => (i * 7) % 4);
    const file = await encodePxc(models.grey.model, { ...size, levels, alpha: null, stored: "bytes" });
    const pictures = await engine.decompress("grey", file, nothing);
    expect(pictures).toMatchObject([1, 2, 3].map(() => ({ ...size, channels: 1 })));
    expect(pictures.flatMap(({ values }) => [...values])).toEqual([...levels].map((level) => 85 * level));
  });

  it("the colours of the model where an array's levels are numbers of them", async () => {
    const levels = Uint8Array.from({ length: 12 }, (_, i) => i % 3);
    const file = await encodePxc(models.colours.model, { ...size, levels, alpha: null, stored: "levels" });
    const [picture] = await engine.decompress("colours", file, nothing);
    expect(picture).toMatchObject({ channels: 4 });
    expect([...picture!.values]).toEqual([...levels].flatMap((level) => palette[level]!));
  });

  it("what colours by number take is told of a number a pixel, though four bytes show it", async () => {
    const values = Uint8Array.from([0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 2, 1].flatMap((level) => palette[level]!));
    const { values: count, pixelBits } = await engine.compress(
      "colours",
      { ...size, channels: 4, values },
      null,
      nothing,
    );
    expect(count).toBe(12);
    expect(pixelBits).toHaveLength(12);
  });

  it("nothing of more than 8 bits, which a page does not have", async () => {
    const levels = Uint16Array.from({ length: 12 }, (_, i) => 5000 * i);
    for (const stored of ["levels", "words"] as const) {
      const file = await encodePxc(models.deep.model, { ...size, levels, alpha: null, stored });
      await expect(engine.decompress("deep", file, nothing)).rejects.toThrow(
        /^expected pictures of 8 bits a value, got (65536 levels|16 bits a value); the command line brings them back$/,
      );
    }
    const bytes = new Uint8Array(12);
    await expect(
      engine.compress("deep", { ...size, channels: 1, values: bytes }, null, nothing),
    ).rejects.toThrow("expected a model of at most 256 levels, got 65536; the command line");
  });
});

it("a picture file of 16 bits a value, and an animation, are refused by their bytes", async () => {
  const data = Uint16Array.from({ length: 12 }, (_, i) => 5000 * i);
  const deep = encodePng({ ...size, channels: 1, data });
  await expect(readStoredPicture(new Blob([Uint8Array.from(deep)]))).rejects.toThrow(
    "expected at most 8 bits a value, got 16; the command line keeps all of a PNG's",
  );
  const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  const gif = [..."GIF89a"].map((letter) => letter.charCodeAt(0));
  const moving = Uint8Array.of(
    ...gif,
    1,
    0,
    1,
    0,
    0x80,
    0,
    0,
    0,
    0,
    0,
    255,
    255,
    255,
    ...frame,
    ...frame,
    0x3b,
  );
  await expect(readStoredPicture(new Blob([moving]))).rejects.toThrow(
    "expected one picture, got an animation of 2 frames; save one of them",
  );
});
