/** Data sets that are drawn instead of read. They need no files. */
import { type Dataset, glyphsDataset, spritesDataset } from "@pixelcnn/core/data";
import type { PictureSize } from "../picture-size.ts";

interface GeneratedSet {
  /** What a list says of how many pictures it has. */
  readonly pictures: string;
  /** What a list says of its pictures' size. */
  readonly size: string;
  /** Can somebody choose the size? */
  readonly anySize: boolean;
  create(size: PictureSize): Dataset;
}

/** By their names. */
export const generatedSets: Readonly<Record<string, GeneratedSet>> = {
  glyphs: {
    pictures: "endless",
    size: "any grey",
    anySize: true,
    create: (size) => glyphsDataset({ ...size, channels: 1 }),
  },
  "colour-glyphs": {
    pictures: "endless",
    size: "any RGB",
    anySize: true,
    create: (size) => glyphsDataset({ ...size, channels: 3 }),
  },
  sprites: {
    pictures: "64 in poses",
    size: "16x16, 12 colours",
    anySize: false,
    create: () => spritesDataset(),
  },
};
