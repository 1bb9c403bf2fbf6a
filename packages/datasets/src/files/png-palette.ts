/**
 * The palette of an indexed PNG file, in its own order: what a decoder of pixels forgets.
 *
 *     8 bytes of signature │ u32 length, 4 letters, bytes, CRC-32 │ …        PLTE: 3 bytes a colour, tRNS: alpha of the first of them
 *
 * Whether the file is sound is for the decoder to say.
 */
import type { PaletteColour } from "@pixelcnn/core";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const FRAME_BYTES = 12;

/** Null where the file has none before its pixels. */
export function pngPalette(bytes: Uint8Array): PaletteColour[] | null {
  if (!SIGNATURE.every((byte, i) => byte === bytes[i])) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let colours: Uint8Array | null = null;
  let alpha = new Uint8Array();
  for (let at = SIGNATURE.length; at + FRAME_BYTES <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.slice(at + 8, at + 8 + length);
    if (kind === "IDAT") break;
    if (kind === "PLTE") colours = content;
    if (kind === "tRNS") alpha = content;
    at += FRAME_BYTES + length;
  }
  if (colours === null || colours.length % 3 !== 0 || colours.length === 0) return null;
  return Array.from({ length: colours.length / 3 }, (_, i) => [
    colours[3 * i]!,
    colours[3 * i + 1]!,
    colours[3 * i + 2]!,
    alpha[i] ?? 255,
  ]);
}
