/** Picture files as a folder data set reads them. */
import { decodePicture, readColours } from "@pixelcnn/datasets/files";
import sharp from "sharp";
import type { Target } from "../target.ts";

/** Nothing, black, red and half of blue. */
const COLOURS = [0x00000000, 0x000000ff, 0xff0000ff, 0x0000ff80];

const FORMATS = ["png", "jpeg", "webp", "gif", "tiff"] as const;

export async function pictureTargets(): Promise<readonly Target[]> {
  const pixels = Buffer.from(Array.from({ length: 24 * 17 * 3 }, (_, i) => (i * 37) & 255));
  const picture = sharp(pixels, { raw: { width: 24, height: 17, channels: 3 } });
  const seeds = await Promise.all(FORMATS.map((format) => picture.clone().toFormat(format).toBuffer()));
  const few = Buffer.alloc(12 * 12 * 4);
  for (let i = 0; i < few.length; i += 4) few.writeUInt32BE(COLOURS[((i * 7) % 5) & 3]!, i);
  const sprite = sharp(few, { raw: { width: 12, height: 12, channels: 4 } });
  const indexed = await Promise.all([
    sprite.clone().png({ palette: true }).toBuffer(),
    sprite.gif().toBuffer(),
  ]);
  return [
    {
      name: "picture",
      seeds,
      share: 1_000,
      read: (bytes) => decodePicture(bytes, "picture", { height: 8, width: 8, channels: 3 }),
    },
    {
      name: "indexed picture",
      seeds: indexed,
      share: 1_000,
      read: (bytes) => readColours(bytes, "picture"),
    },
  ];
}
