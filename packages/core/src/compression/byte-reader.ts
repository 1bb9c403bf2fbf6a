/** Reads the parts of a `.pxc` file one after the other, and never beyond its end. */
import { CompressionError } from "./compression-error.ts";

export class ByteReader {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** A view of the next bytes. @throws {CompressionError} when there are not so many. */
  take(length: number): Uint8Array {
    if (length > this.left) {
      throw new CompressionError(
        `expected ${length} more bytes, got ${this.left}; the file is cut or forged`,
      );
    }
    const start = this.#at;
    this.#at += length;
    return this.bytes.subarray(start, this.#at);
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  /** Four bytes, the lowest first. */
  u32(): number {
    const [a, b, c, d] = this.take(4) as unknown as [number, number, number, number];
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  /**
   * A whole number below 2^32, seven bits a byte, the lowest first; all bytes but the last are 128 or more, and the last is not 0 where
   * there are others.
   *
   * @throws {CompressionError} where it is written in another way.
   */
  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte >= 128 && scale < 2 ** 28) continue;
      if (byte < 128 && value < 2 ** 32 && (byte > 0 || scale === 1)) return value;
      throw new CompressionError(
        "expected a number below 2^32 in its shortest form, got another; the file is forged",
      );
    }
  }
}

/** What {@link ByteReader.varint} reads. */
export function varint(value: number): number[] {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push(128 + (rest % 128));
  }
}

/** What {@link ByteReader.u32} reads. */
export function u32(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}
