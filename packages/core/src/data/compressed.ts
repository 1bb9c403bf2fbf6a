/** Files of data sets travel gzipped, and parsers here take them unpacked. */
import { DataError } from "./data-error.ts";

/** @throws {DataError} when `bytes` begin like a gzip file (1f 8b). */
export function refuseCompressed(bytes: Uint8Array, name: string): void {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new DataError(`${name}: the bytes are still compressed (gzip); unpack them before parsing`);
  }
}
