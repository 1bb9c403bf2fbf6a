/** PNG files: of grey, of colours, of colours by number. */
import { crc32, inFrontOf, type Palette } from "@pixelcnn/core";
import { convertIndexedToRgb, decode, encode } from "fast-png";
import type { Sheet } from "./sheet.ts";

/** A picture of 8 or 16 bits a value: grey, grey with alpha, RGB or RGB with alpha; or numbers of a palette's colours. */
export interface PngPicture {
  readonly width: number;
  readonly height: number;
  /** 1 … 4; 1 with a palette. */
  readonly channels: number;
  /** [height, width, channels] */
  readonly data: Uint8Array | Uint16Array;
  /** The colours that the values number; absent where they are amounts. */
  readonly palette?: Palette;
}

/** A picture, or a sheet of them, as a PNG file; with a palette one of colour type 3, its indices the numbers, alpha in tRNS. */
export function encodePng({ width, height, channels, data, palette }: PngPicture): Uint8Array {
  if (palette === undefined)
    return encode({ width, height, channels, data, depth: data instanceof Uint8Array ? 8 : 16 });
  const colours = palette.map(([red, green, blue]) => [red, green, blue]);
  const opaque = encode({ width, height, channels, data, depth: 8, palette: colours });
  const alphas = palette.map(([, , , alpha]) => alpha);
  while (alphas.at(-1) === 255) alphas.pop();
  return alphas.length === 0 ? opaque : withAlpha(opaque, alphas);
}

const SIGNATURE_BYTES = 8;
/** Length, name and CRC of a chunk. */
const CHUNK_FRAME_BYTES = 12;
const IHDR_BYTES = 13;
/** "tRNS" */
const TRNS = [0x74, 0x52, 0x4e, 0x53];

/** The chunk tRNS after PLTE: fast-png writes it for palettes only whose colours that are not opaque come first. */
function withAlpha(png: Uint8Array, alpha: readonly number[]): Uint8Array {
  const atPlte = SIGNATURE_BYTES + CHUNK_FRAME_BYTES + IHDR_BYTES;
  const end = atPlte + CHUNK_FRAME_BYTES + new DataView(png.buffer, png.byteOffset).getUint32(atPlte);
  const chunk = new Uint8Array(CHUNK_FRAME_BYTES + alpha.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, alpha.length);
  chunk.set(TRNS, 4);
  chunk.set(alpha, 8);
  view.setUint32(8 + alpha.length, crc32(chunk.subarray(4, 8 + alpha.length)));
  const bytes = new Uint8Array(png.length + chunk.length);
  bytes.set(png.subarray(0, end));
  bytes.set(chunk, end);
  bytes.set(png.subarray(end), end + chunk.length);
  return bytes;
}

const BLACK = [0, 0, 0] as const;

/**
 * A PNG file of bytes, grey or in colour: colours by number as RGB, on black where they are not opaque.
 *
 * @throws {Error} when it is none.
 */
export function decodePng(bytes: Uint8Array): Sheet {
  const file = decode(bytes);
  const { width, height } = file;
  const { channels, data } =
    file.palette === undefined
      ? file
      : { channels: file.palette[0]!.length, data: convertIndexedToRgb(file) };
  const isBlended = file.palette !== undefined && channels === 4;
  if (!(data instanceof Uint8Array) || (channels !== 1 && channels !== 3 && !isBlended)) {
    throw new Error(`expected a PNG file of 8 bits, grey or RGB, got ${channels} channels`);
  }
  if (!isBlended) return { width, height, channels, data };
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue, alpha] = data.subarray(4 * i) as unknown as [number, number, number, number];
    rgb.set(inFrontOf([red, green, blue, alpha], BLACK).slice(0, 3), 3 * i);
  }
  return { width, height, channels: 3, data: rgb };
}
