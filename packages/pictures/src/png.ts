import { decode, encode } from "fast-png";
import type { Sheet } from "./sheet.ts";

/** A sheet as a PNG file. */
export function encodePng({ width, height, channels, data }: Sheet): Uint8Array {
  return encode({ width, height, channels, data, depth: 8 });
}

/** A PNG file of bytes, grey or in colour. @throws {Error} when it is none. */
export function decodePng(bytes: Uint8Array): Sheet {
  const { width, height, channels, data } = decode(bytes);
  if (!(data instanceof Uint8Array) || (channels !== 1 && channels !== 3)) {
    throw new Error(`expected a PNG file of 8 bits, grey or RGB, got ${channels} channels`);
  }
  return { width, height, channels, data };
}
