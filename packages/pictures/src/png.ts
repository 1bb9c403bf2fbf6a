import { encode } from "fast-png";
import type { Sheet } from "./sheet.ts";

/** A sheet as a PNG file. */
export function encodePng({ width, height, channels, data }: Sheet): Uint8Array {
  return encode({ width, height, channels, data, depth: 8 });
}
