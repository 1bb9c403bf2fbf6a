/**
 * NumPy's array file, as far as it holds pictures: unsigned numbers of 8 or 16 bits.
 *
 *     \x93NUMPY, version 1.0 … 3.0, u16 or u32 (little endian): n | n bytes of text | the numbers, row-major
 *     {'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), }
 *
 * numpy/lib/format.py. Other types, and columns before rows, are left out.
 */
import type { LevelArray } from "../picture.ts";
import { DataError } from "./data-error.ts";

/** An array of a file. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Row-major, as many as the shape's product. */
  readonly values: LevelArray;
}

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
const HEADER =
  /^\{'descr': '([|<>])(u[12])', 'fortran_order': False, 'shape': \(((?:\d{1,10}, ?)*\d{0,10},?)\), \}\s*$/;
/** As far as it is read of arrays that are not taken, to say why. */
const OTHER = /^\{'descr': '?([|<>=\w]{1,8}).*'fortran_order': (True|False)/;
/** NumPy aligns the numbers to so many bytes. */
const ALIGNMENT = 64;

/**
 * @param name what messages call the file.
 * @throws {DataError} when it is no array file, is cut, or holds numbers of another kind.
 */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || !MAGIC.every((byte, i) => byte === bytes[i])) {
    throw new DataError(`${name}: expected an array file of NumPy, got another kind; save it by np.save`);
  }
  const isOld = bytes[6] === 1;
  const start = isOld ? 10 : 12;
  const end = start + (isOld ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = Array.from(bytes.subarray(start, Math.min(end, start + 4096)), (byte) =>
    String.fromCharCode(byte),
  );
  const [, order, type, sizes] = HEADER.exec(header.join("")) ?? [];
  if (sizes === undefined) throw new DataError(`${name}: ${whyNot(header.join(""))}`);
  const shape = sizes.split(",").flatMap((size) => (size.trim() === "" ? [] : [Number(size)]));
  const count = shape.reduce((product, size) => product * size, 1);
  const width = type === "u1" ? 1 : 2;
  if (bytes.length - end !== count * width) {
    throw new DataError(
      `${name}: expected ${count * width} bytes of numbers [${shape}], got ${bytes.length - end}; the file is cut or damaged`,
    );
  }
  if (width === 1) return { shape, values: bytes.slice(end) };
  const values = new Uint16Array(count);
  for (let i = 0; i < count; i++) values[i] = view.getUint16(end + 2 * i, order !== ">");
  return { shape, values };
}

/** What is wrong with an array that a header tells of. */
function whyNot(header: string): string {
  const [, type = "others", fortran] = OTHER.exec(header) ?? [];
  const kind = type.replace(/^[|<>=]/, "");
  if (kind === "O") {
    return "expected one array of numbers, got objects, as lists of unequal lengths become; give all pictures one size before np.save";
  }
  if (fortran === "True" && (kind === "u1" || kind === "u2")) {
    return "expected numbers row by row, got columns first (Fortran order); save np.ascontiguousarray(a)";
  }
  return `expected numbers of 8 or 16 bits without a sign, row by row, got ${kind}; save np.ascontiguousarray(a, np.uint8) or np.uint16`;
}

/** The bytes of an array file. */
export function encodeNpy({ shape, values }: NpyArray): Uint8Array<ArrayBuffer> {
  const width = values.BYTES_PER_ELEMENT;
  const type = width === 1 ? "|u1" : "<u2";
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const start = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + values.length * width);
  bytes.fill(0x20, 10, start - 1);
  bytes.set(MAGIC);
  bytes[6] = 1;
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[start - 1] = 0x0a;
  const view = new DataView(bytes.buffer);
  view.setUint16(8, start - 10, true);
  if (width === 1) bytes.set(values, start);
  else for (let i = 0; i < values.length; i++) view.setUint16(start + 2 * i, values[i]!, true);
  return bytes;
}
