/** RIFF, its length and "WEBP". */
const HEADER_BYTES = 12;
/** A chunk's name and length. */
const FRAME_BYTES = 8;

/**
 * Bytes of a WebP file of nothing but its picture: browsers write the canvas's colour profile beside it, ten times a small picture's length, and what is drawn
 * is the same without.
 *
 * WebP Container Specification, RFC 9649, section 2.
 */
export function webpSize(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = HEADER_BYTES; at + FRAME_BYTES <= file.length; ) {
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const padded = FRAME_BYTES + length + (length % 2);
    if (name === "VP8L") return HEADER_BYTES + padded;
    at += padded;
  }
  return file.length;
}
