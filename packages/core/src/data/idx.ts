/**
 * The idx format of MNIST and its relatives: a big-endian header, then bytes in row-major order.
 *
 *     magic   00 00 08 d     08: unsigned bytes, d: number of dimensions (3 for pictures, 1 for labels)
 *     sizes   d × u32        pictures: count, height, width; labels: count
 *     data    the product of the sizes, one byte each
 *
 * Y. LeCun, C. Cortes & C. Burges, "The MNIST database of handwritten digits". Other element types and numbers of
 * dimensions exist in the format and are left out.
 */
import { refuseCompressed } from "./compressed.ts";
import { DataError } from "./data-error.ts";

/** Pictures of one idx file. */
export interface IdxPictures {
  /** The file it came from, for messages. */
  readonly name: string;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count, height, width], levels 0 ... 255; a view of the bytes that were parsed. */
  readonly pixels: Uint8Array;
}

/** Labels of one idx file. */
export interface IdxLabels {
  /** The file it came from, for messages. */
  readonly name: string;
  readonly count: number;
  /** [count], 0 ... 255; a view of the bytes that were parsed. */
  readonly labels: Uint8Array;
}

/** Largest height and width that is read; anything above is a damaged header rather than a data set. */
const MAX_SIDE = 8192;

/**
 * Pictures of an unpacked `*-images-idx3-ubyte` file, without copying them.
 *
 * @param name what messages call the file.
 * @throws {DataError} when the header or the number of bytes is not that of an idx picture file.
 */
export function parseIdxPictures(bytes: Uint8Array, name: string): IdxPictures {
  const [count, height, width] = parseHeader(bytes, name, 3, "pictures") as [number, number, number];
  if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
    throw new DataError(
      `${name}: expected pictures of 1×1 to ${MAX_SIDE}×${MAX_SIDE} pixels, got ${height}×${width}; the header is damaged, get the file again`,
    );
  }
  checkLength(bytes, name, 16, [count, height, width]);
  return { name, count, height, width, pixels: bytes.subarray(16) };
}

/**
 * Labels of an unpacked `*-labels-idx1-ubyte` file, without copying them.
 *
 * @param name what messages call the file.
 * @throws {DataError} when the header or the number of bytes is not that of an idx label file.
 */
export function parseIdxLabels(bytes: Uint8Array, name: string): IdxLabels {
  const [count] = parseHeader(bytes, name, 1, "labels") as [number];
  checkLength(bytes, name, 8, [count]);
  return { name, count, labels: bytes.subarray(8) };
}

function parseHeader(bytes: Uint8Array, name: string, dimensions: 1 | 3, what: string): number[] {
  refuseCompressed(bytes, name);
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < headerLength) {
    throw new DataError(
      `${name}: expected an idx header of ${headerLength} bytes, got a file of ${bytes.length}; get the file again`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = 0x0800 + dimensions;
  if (magic !== expected) {
    if (view.getUint32(0, true) === expected) {
      throw new DataError(
        `${name}: the header is little-endian, idx files are big-endian; get the original file or swap its header`,
      );
    }
    throw new DataError(
      `${name}: expected idx ${what} (magic ${hex(expected)}), got ${hex(magic)}${hintFor(magic)}; name another file`,
    );
  }
  return Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
}

function hintFor(magic: number): string {
  if (magic === 0x0801) return " (idx labels)";
  if (magic === 0x0803) return " (idx pictures)";
  return "";
}

/** Compares the sizes with the bytes that are there; a product too large to be exact equals no real length. */
function checkLength(bytes: Uint8Array, name: string, headerLength: number, sizes: number[]): void {
  if (sizes[0]! < 1) {
    throw new DataError(`${name}: expected at least 1 item, got 0; get the file again`);
  }
  const expected = headerLength + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    throw new DataError(
      `${name}: the header says ${sizes.join("×")}, which makes a file of ${expected} bytes, got ${bytes.length}; get the file again`,
    );
  }
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, "0")}`;
}
