/** Data sets that are drawn instead of read. They need no files. */
import { type Dataset, glyphsDataset } from "@pixelcnn/core/data";
import type { PictureSize } from "../picture-size.ts";

interface GeneratedSet {
  /** What a list says of its pictures' size. */
  readonly size: string;
  create(size: PictureSize): Dataset;
}

/** By their names. */
export const generatedSets: Readonly<Record<string, GeneratedSet>> = {
  glyphs: { size: "any grey", create: (size) => glyphsDataset({ ...size, channels: 1 }) },
  "colour-glyphs": { size: "any RGB", create: (size) => glyphsDataset({ ...size, channels: 3 }) },
};
