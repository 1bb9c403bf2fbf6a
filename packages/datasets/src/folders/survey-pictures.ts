/** What lies in a folder of pictures before anything is decoded: sizes, colours, and which pictures are the same. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type PictureHeader, readHeader } from "../files/decode-picture.ts";
import type { PictureFile } from "./picture-files.ts";

export interface SurveyedPicture extends PictureFile, PictureHeader {
  /** SHA-256 of the file: copies and links of one picture have the same. */
  readonly digest: string;
}

/** Files looked at together: each takes a header and a buffer. */
const AT_ONCE = 8;

/** In the order of the files. @throws {DatasetsError} naming a picture that cannot be read. */
export async function surveyPictures(files: readonly PictureFile[]): Promise<SurveyedPicture[]> {
  const surveyed: SurveyedPicture[] = [];
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
