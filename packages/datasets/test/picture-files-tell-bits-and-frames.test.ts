/** What core reads of a file's bytes is what the encoder was asked to write: bits of a value, and frames. */
import { readPictureFile } from "@pixelcnn/core/data";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

const raw = { raw: { width: 6, height: 12, channels: 3 } } as const;
const noise = Uint8Array.from({ length: 6 * 12 * 3 }, (_, i) => (i * i * 31) % 256);
const still = () => sharp(noise, raw);
const plain = (blue: number) =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: { r: 0, g: 9, b: blue } } })
    .png()
    .toBuffer();
const moving = async (count: number) =>
  sharp(await Promise.all(Array.from({ length: count }, (_, i) => plain(50 * i))), {
    join: { animated: true },
  });
const deep = () =>
  sharp(
    Uint16Array.from(noise, (byte) => byte * 257),
    raw,
  ).toColourspace("rgb16");

/** A PNG file with a chunk that says how many frames follow, as an APNG file has it. */
function animated(png: Uint8Array, count: number): Uint8Array {
  const chunk = [0, 0, 0, 8, ...new TextEncoder().encode("acTL"), 0, 0, 0, count, 0, 0, 0, 0, 0, 0, 0, 0];
  return Uint8Array.of(...png.subarray(0, 33), ...chunk, ...png.subarray(33));
}

it.each<[string, () => Promise<Uint8Array>, bits: number, frames: number]>([
  ["PNG", () => still().png().toBuffer(), 8, 1],
  ["PNG of few colours", () => still().png({ palette: true, colours: 4 }).toBuffer(), 2, 1],
  ["PNG of 16 bits", () => deep().png().toBuffer(), 16, 1],
  ["APNG", async () => animated(await still().png().toBuffer(), 3), 8, 3],
  ["GIF", () => still().gif().toBuffer(), 8, 1],
  ["GIF that moves", async () => (await moving(4)).gif().toBuffer(), 8, 4],
  ["WebP", () => still().webp({ lossless: true }).toBuffer(), 8, 1],
  ["WebP that moves", async () => (await moving(3)).webp({ lossless: true }).toBuffer(), 8, 3],
  ["AVIF", () => still().avif().toBuffer(), 8, 1],
  ["AVIF of 10 bits", () => deep().avif({ bitdepth: 10 }).toBuffer(), 10, 1],
  ["AVIF of 12 bits", () => deep().avif({ bitdepth: 12 }).toBuffer(), 12, 1],
  ["JPEG", () => still().jpeg().toBuffer(), 8, 1],
])("%s", async (_, encode, bits, frames) => {
  expect(readPictureFile(await encode())).toEqual({ bits, frames });
});

describe("what is cut, or no picture, is one frame of some bits", () => {
  it("at any length", async () => {
    for (const moved of [(await moving(3)).gif(), (await moving(3)).webp()]) {
      const file = await moved.toBuffer();
      for (let length = 0; length < file.length; length++) {
        expect(readPictureFile(file.subarray(0, length)).frames).toBeGreaterThanOrEqual(1);
      }
    }
    expect(readPictureFile(new TextEncoder().encode("no picture"))).toEqual({ bits: 8, frames: 1 });
  });
});
