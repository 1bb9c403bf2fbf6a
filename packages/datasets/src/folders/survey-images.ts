/** What lies in a folder of images before anything is decoded: sizes, colours, and which pictures are the same. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type ImageHeader, readHeader } from "../files/decode-image.ts";
import type { ImageFile } from "./image-files.ts";

export interface SurveyedImage extends ImageFile, ImageHeader {
  /** SHA-256 of the file: copies and links of one picture have the same. */
  readonly digest: string;
}

/** Files looked at together: each takes a header and a buffer. */
const AT_ONCE = 8;

/** In the order of the files. @throws {DatasetsError} naming an image that cannot be read. */
export async function surveyImages(files: readonly ImageFile[]): Promise<SurveyedImage[]> {
  const surveyed: SurveyedImage[] = [];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const part = files.slice(start, start + AT_ONCE).map(async (file) => {
      const [header, digest] = await Promise.all([readHeader(file.path, file.path), digestOf(file.path)]);
      return { ...file, ...header, digest };
    });
    surveyed.push(...(await Promise.all(part)));
  }
  return surveyed;
}

/**
 * Every picture once: a picture that is in an earlier part, or earlier in its own, is left out. So none that is tested on was
 * trained on.
 */
export function withoutCopies<T extends { readonly digest: string }>(
  parts: readonly (readonly T[])[],
): { readonly parts: readonly (readonly T[])[]; readonly copies: number } {
  const seen = new Set<string>();
  const kept = parts.map((part) =>
    part.filter(({ digest }) => {
      if (seen.has(digest)) return false;
      seen.add(digest);
      return true;
    }),
  );
  return { parts: kept, copies: parts.flat().length - kept.flat().length };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
