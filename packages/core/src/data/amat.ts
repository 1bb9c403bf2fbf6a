/**
 * Text files of binary pictures, as H. Larochelle published his fixed binarisation of MNIST: one picture a line, its
 * pixels '0' or '1' in row-major order with spaces between.
 *
 * Works on bytes, for a file has some 80 million of them. Extra spaces, CRLF, a missing last line end and empty lines at
 * the very end are accepted, anything else is refused with its line and column.
 */
import { refuseCompressed } from "./compressed.ts";
import { DataError } from "./data-error.ts";

/** Pictures of one `.amat` file. */
export interface AmatPictures {
  /** The file it came from, for messages. */
  readonly name: string;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count, height, width], levels 0 and 1. */
  readonly pixels: Uint8Array;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const ZERO = 0x30;
const ONE = 0x31;

/**
 * Pictures of an unpacked `.amat` file, one byte a pixel.
 *
 * @param name what messages call the file.
 * @param size height and width of a picture in pixels; a line must have height·width digits.
 * @throws {DataError} when a line has another number of digits or anything but digits 0 and 1 and spaces.
 */
export function parseAmat(
  bytes: Uint8Array,
  name: string,
  size: { readonly height: number; readonly width: number },
): AmatPictures {
  refuseCompressed(bytes, name);
  const { height, width } = size;
  const perLine = height * width;
  const end = withoutTrailingSpace(bytes);
  // A line takes at least a digit and a separator for each pixel: memory is bounded by half the file.
  const pixels = new Uint8Array(Math.floor((end + 1) / (2 * perLine)) * perLine);
  let count = 0;
  let lineStart = 0;
  let inLine = 0;
  let afterDigit = false;
  for (let at = 0; at <= end; at++) {
    const byte = at < end ? bytes[at]! : NEWLINE;
    const bit = byte - ZERO;
    if (bit === 0 || bit === 1) {
      if (afterDigit || inLine === perLine) throw refusal(bytes, name, at, lineStart, count, inLine, perLine);
      // Past the end of `pixels` only in a file that is too short for its last line, which is refused below.
      pixels[count * perLine + inLine++] = bit;
      afterDigit = true;
    } else if (byte === SPACE) {
      afterDigit = false;
    } else if (byte === NEWLINE || (byte === RETURN && bytes[at + 1] === NEWLINE)) {
      if (inLine !== perLine) throw refusal(bytes, name, at, lineStart, count, inLine, perLine);
      if (byte === RETURN) at++;
      count++;
      lineStart = at + 1;
      inLine = 0;
      afterDigit = false;
    } else {
      throw refusal(bytes, name, at, lineStart, count, inLine, perLine);
    }
  }
  return { name, count, height, width, pixels: pixels.subarray(0, count * perLine) };
}

function withoutTrailingSpace(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0) {
    const byte = bytes[end - 1];
    if (byte !== SPACE && byte !== NEWLINE && byte !== RETURN) break;
    end--;
  }
  return end;
}

function refusal(
  bytes: Uint8Array,
  name: string,
  at: number,
  lineStart: number,
  line: number,
  inLine: number,
  perLine: number,
): DataError {
  const byte = bytes[at];
  let came = `the end of the line after ${inLine}`;
  if (byte === ZERO || byte === ONE) came = inLine === perLine ? "one more" : "a digit right after a digit";
  else if (byte !== undefined && !isLineEnd(bytes, at))
    came = `the byte 0x${byte.toString(16).padStart(2, "0")}`;
  return new DataError(
    `${name}: expected ${perLine} digits 0 or 1 with spaces between, got ${came} in line ${line + 1}, column ${at - lineStart + 1}; get the file again`,
  );
}

/** Whether spaces alone, or none, lie between here and a line end or the end of the file. */
function isLineEnd(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (bytes[at] === SPACE) at++;
  if (bytes[at] === RETURN) at++;
  return at === bytes.length || bytes[at] === NEWLINE;
}
