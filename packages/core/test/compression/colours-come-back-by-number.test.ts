/** Numbers of colours in a `.pxc` file: the palette goes along, alpha in it, and one that is none is refused. */
import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/compression/crc32.ts";
import {
  CompressionError,
  decodePxc,
  encodePxc,
  type Model,
  type Palette,
  type PxcPictures,
  readPxcHeader,
} from "../../src/index.ts";
import { randomLevels } from "../support/random-pictures.ts";
import { smallModel } from "../support/small-models.ts";

const palette: Palette = [
  [0, 0, 0, 0],
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [9, 9, 9, 77],
];
const shape = { height: 6, width: 5, channels: 1, levels: 4 };
const model: Model = smallModel("gated", { picture: { ...shape, palette } }, 5);
const levels = randomLevels(shape, 3);
const pictures: PxcPictures = { height: 6, width: 5, levels, alpha: null, stored: "colours", palette };

it("come back with their palette, by any model of the same weights", async () => {
  const bytes = await encodePxc(model, pictures);
  expect(readPxcHeader(bytes)).toMatchObject({ stored: "colours", shape: { ...shape, palette } });
  expect(await decodePxc(model, bytes)).toMatchObject({ ...pictures, shape: { ...shape, palette } });
  const plain: Model = { ...model, network: { ...model.network, picture: shape } };
  const { levels: back, palette: colours } = await decodePxc(plain, bytes);
  expect(back).toEqual(levels);
  expect(colours).toEqual(palette);
  const bare = await encodePxc(plain, { height: 6, width: 5, levels, alpha: null, stored: "levels" });
  expect(bytes.length - bare.length).toBe(4 * palette.length);
});

describe("what is no palette is refused", () => {
  it("before it is written", async () => {
    const { palette: _, ...none } = pictures;
    await expect(encodePxc(model, none)).rejects.toThrow(/expected a palette exactly for colours, got none/);
    await expect(encodePxc(model, { ...pictures, stored: "bytes" })).rejects.toThrow(/got one for bytes/);
    await expect(encodePxc(model, { ...pictures, palette: palette.slice(1) })).rejects.toThrow(/4 colours/);
  });

  it("in a file: one colour twice, or too many", async () => {
    const bytes = await encodePxc(model, pictures);
    const at = bytes.findIndex((_, i) => palette.flat().every((byte, j) => bytes[i + j] === byte));
    expect(at).toBeGreaterThan(15);
    const twice = sealed(bytes, (file) => file.set(palette[1]!, at + 8));
    await expect(decodePxc(model, twice)).rejects.toThrow(CompressionError);
    await expect(decodePxc(model, twice)).rejects.toThrow(/different colours, .*; the file is forged/);
    // K stands in the byte before the number of pictures and their CRC.
    const many = sealed(bytes, (file) => file.set([127], at - 6));
    await expect(decodePxc(model, many)).rejects.toThrow(/; the file is (cut or )?forged/);
  });
});

/** A file that is changed, and ends with the right checksum. */
function sealed(bytes: Uint8Array, change: (file: Uint8Array) => void): Uint8Array {
  const file = bytes.slice();
  change(file);
  new DataView(file.buffer).setUint32(file.length - 4, crc32(file.subarray(0, -4)), true);
  return file;
}
