import { decode, encode } from "fast-png";
import type { Sheet } from "./sheet.ts";

/** A picture of 8 or 16 bits a value: grey, grey with alpha, RGB or RGB with alpha. */
export interface PngPicture {
  readonly width: number;
  readonly height: number;
  /** 1 … 4. */
  readonly channels: number;
  /** [height, width, channels] */
  readonly data: Uint8Array | Uint16Array;
}

/** A picture, or a sheet of them, as a PNG file. */
export function encodePng({ width, height, channels, data }: PngPicture): Uint8Array {
  return encode({ width, height, channels, data, depth: data instanceof Uint8Array ? 8 : 16 });
}

/** A PNG file of bytes, grey or in colour. @throws {Error} when it is none. */
export function decodePng(bytes: Uint8Array): Sheet {
  const { width, height, channels, data } = decode(bytes);
  if (!(data instanceof Uint8Array) || (channels !== 1 && channels !== 3)) {
    throw new Error(`expected a PNG file of 8 bits, grey or RGB, got ${channels} channels`);
  }
  return { width, height, channels, data };
}
