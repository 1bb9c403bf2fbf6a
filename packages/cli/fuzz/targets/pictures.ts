/** Picture files as a folder data set reads them. */
import { decodePicture } from "@pixelcnn/datasets/files";
import sharp from "sharp";
import type { Target } from "../target.ts";

const FORMATS = ["png", "jpeg", "webp", "gif", "tiff"] as const;

export async function pictureTargets(): Promise<readonly Target[]> {
  const pixels = Buffer.from(Array.from({ length: 24 * 17 * 3 }, (_, i) => (i * 37) & 255));
  const picture = sharp(pixels, { raw: { width: 24, height: 17, channels: 3 } });
  const seeds = await Promise.all(FORMATS.map((format) => picture.clone().toFormat(format).toBuffer()));
  return [
    {
      name: "picture",
      seeds,
      share: 1_000,
      read: (bytes) => decodePicture(bytes, "picture", { height: 8, width: 8, channels: 3 }),
    },
  ];
}
