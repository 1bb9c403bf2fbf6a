/**
 * What stands before the messages of a `.pxc` file, as docs/pxc-format.md says it. Reading one is hostile-input code: every size is checked
 * against its limit, and against the bytes that are there, before anything is made of it.
 */
import { PINNED_ARITHMETIC } from "../arithmetic/pinned-arithmetic.ts";
import { PixelCnnError } from "../errors.ts";
import { MAX_DIMENSIONS } from "../network/structure.ts";
import { checkPalette, MOST_COLOURS, type Palette, type PaletteColour } from "../palette.ts";
import { dimensions, type PictureShape } from "../picture.ts";
import { ByteReader, u32, varint } from "./byte-reader.ts";
import { CompressionError } from "./compression-error.ts";
import { crc32 } from "./crc32.ts";
import { lanesOf } from "./lanes.ts";
import { DIGEST_BYTES } from "./model-digest.ts";

/** "PXC" and a byte that ends the listing of a text. */
const MAGIC = Uint8Array.of(0x50, 0x58, 0x43, 0x1a);
const VERSION = 1;
const CRC_BYTES = 4;

/** Arithmetics by the number that stands for them. */
const arithmetics: ReadonlyMap<number, string> = new Map([[1, PINNED_ARITHMETIC]]);

/** What the levels of a file were, in the order of their numbers there. */
export const STORED = ["levels", "bytes", "words", "colours"] as const;

/**
 * What levels were before they were levels: levels, or values of 8 or 16 bits that show them (black for the lowest, white for the highest),
 * or colours that they number.
 */
export type Stored = (typeof STORED)[number];

/** Longest side of a picture. */
export const MOST_SIDE = 16_384;
/** Most values of one picture, H·W·C: as many as a network may have. */
export const MOST_PICTURE_VALUES = MAX_DIMENSIONS;
/** Most values, H·W·C of all pictures together. */
export const MOST_VALUES = 2 ** 28;
/** Most values that a byte of a file stands for, so that what a short file asks for is soon done. */
const MOST_VALUES_A_BYTE = 4096;

/** What a `.pxc` file says before its messages. */
export interface PxcHeader {
  /** Of the model that made it. */
  readonly digest: Uint8Array;
  /** H, W, C, K of every picture, and its palette where levels number colours. */
  readonly shape: PictureShape;
  readonly count: number;
  readonly stored: Stored;
  /** Bits of an alpha value; 0 without any. */
  readonly alphaBits: 0 | 8 | 16;
  readonly hasLabels: boolean;
  /** CRC-32 of the pictures. */
  readonly picturesCrc: number;
}

/** The parts of a file. */
export interface PxcParts {
  readonly header: PxcHeader;
  /** Of the labels, of alpha, where there are any, then of the lanes. */
  readonly messages: readonly Uint8Array[];
}

/** The bytes of a file. Pictures of which nothing had to be said get zeros at the end of the last message, which say nothing either. */
export function joinParts({ header, messages: given }: PxcParts): Uint8Array<ArrayBuffer> {
  const least = Math.ceil((header.count * dimensions(header.shape)) / MOST_VALUES_A_BYTE);
  const own = given.reduce((sum, { length }) => sum + length, 0);
  const last = given.at(-1)!;
  const padded = new Uint8Array(last.length + Math.max(0, least - own));
  padded.set(last);
  const messages = [...given.slice(0, -1), padded];
  const { digest, shape, count, stored, alphaBits, hasLabels, picturesCrc } = header;
  const head = [
    ...MAGIC,
    VERSION,
    [...arithmetics].find(([, name]) => name === PINNED_ARITHMETIC)![0],
    ...digest,
    STORED.indexOf(stored) + 4 * (alphaBits / 8) + 16 * Number(hasLabels),
    ...[shape.height, shape.width, shape.channels, shape.levels, count].flatMap(varint),
    ...u32(picturesCrc),
    ...(shape.palette ?? []).flat(),
    ...messages.flatMap(({ length }) => varint(length)),
  ];
  const length = messages.reduce((sum, message) => sum + message.length, head.length);
  const bytes = new Uint8Array(length + CRC_BYTES);
  bytes.set(head);
  let at = head.length;
  for (const message of messages) {
    bytes.set(message, at);
    at += message.length;
  }
  bytes.set(u32(crc32(bytes.subarray(0, at))), at);
  return bytes;
}

/** @throws {CompressionError} when the bytes are no sound file of this version and arithmetic. */
export function splitParts(bytes: Uint8Array): PxcParts {
  const start = new ByteReader(bytes.subarray(0, MAGIC.length + 1));
  const isPxc = bytes.length > MAGIC.length && MAGIC.every((byte) => byte === start.byte());
  if (!isPxc)
    throw new CompressionError("expected a .pxc file, got another kind; name one that compress wrote");
  const version = start.byte();
  if (version !== VERSION) {
    throw new CompressionError(`expected format version ${VERSION}, got ${version}; use a matching release`);
  }
  const end = bytes.length - CRC_BYTES;
  const said = end > MAGIC.length ? new ByteReader(bytes.subarray(end)).u32() : -1;
  if (said !== crc32(bytes.subarray(0, Math.max(0, end)))) {
    throw new CompressionError(
      "expected a file of the checksum that it ends with, got another; it is cut or damaged",
    );
  }
  const reader = new ByteReader(bytes.subarray(MAGIC.length + 1, end));
  const header = readHeader(reader);
  const count = Number(header.hasLabels) + Number(header.alphaBits > 0) + lanesOf(header.count);
  const lengths = Array.from({ length: count }, () => reader.varint());
  const messages = lengths.map((length) => reader.take(length));
  const most = MOST_VALUES_A_BYTE * lengths.reduce((sum, length) => sum + length, 0);
  const values = header.count * dimensions(header.shape);
  if (values > most) {
    throw new CompressionError(
      `expected at most ${most} values in so few bytes, got ${values}; the file is forged`,
    );
  }
  if (reader.left > 0) {
    throw new CompressionError(
      `expected the messages to end the file, got ${reader.left} bytes more; the file is forged`,
    );
  }
  return { header, messages };
}

function readHeader(reader: ByteReader): PxcHeader {
  const arithmetic = reader.byte();
  if (arithmetics.get(arithmetic) !== PINNED_ARITHMETIC) {
    throw new CompressionError(
      `expected arithmetic ${[...arithmetics].map(([number, name]) => `${number} (${name})`).join(" or ")}, got ${arithmetic}; use the release that wrote it`,
    );
  }
  const digest = reader.take(DIGEST_BYTES);
  const flags = reader.byte();
  const stored = STORED[flags & 3];
  const alphaBits = 8 * ((flags >>> 2) & 3);
  if (flags >= 32 || stored === undefined || (alphaBits !== 0 && alphaBits !== 8 && alphaBits !== 16)) {
    throw new CompressionError(`expected flags that have a meaning, got ${flags}; use a matching release`);
  }
  const [height, width] = [within(reader, "rows", 1, MOST_SIDE), within(reader, "columns", 1, MOST_SIDE)];
  const shape = {
    height,
    width,
    channels: within(reader, "channels", 1, 3),
    levels: within(reader, "levels", 2, 65_536),
  };
  const values = dimensions(shape);
  if (values > MOST_PICTURE_VALUES) {
    throw new CompressionError(
      `expected at most ${MOST_PICTURE_VALUES} values in a picture, got ${values}; the file is forged`,
    );
  }
  const count = within(reader, "pictures", 1, Math.floor(MOST_VALUES / values));
  const picturesCrc = reader.u32();
  const coloured = stored === "colours" ? { ...shape, palette: readPalette(reader, shape) } : shape;
  return { digest, shape: coloured, count, stored, alphaBits, hasLabels: flags >= 16, picturesCrc };
}

/** Four bytes a level. */
function readPalette(reader: ByteReader, shape: PictureShape): Palette {
  const palette = Array.from({ length: Math.min(shape.levels, MOST_COLOURS + 1) }, () => {
    const [red, green, blue, alpha] = reader.take(4);
    return [red, green, blue, alpha] as unknown as PaletteColour;
  });
  try {
    checkPalette(palette, shape);
  } catch (error) {
    if (!(error instanceof PixelCnnError)) throw error;
    throw new CompressionError(`${error.message.split(";")[0]}; the file is forged`, { cause: error });
  }
  return palette;
}

function within(reader: ByteReader, what: string, least: number, most: number): number {
  const value = reader.varint();
  if (value >= least && value <= most) return value;
  throw new CompressionError(`expected ${least} to ${most} ${what}, got ${value}; the file is forged`);
}
