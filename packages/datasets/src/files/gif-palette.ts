/**
 * The table of colours that all frames of a GIF share, in its own order: what a decoder of pixels forgets. It is filled up to a power of two, so it may have
 * colours that no pixel has, and one more than once.
 *
 *     6 bytes of signature │ u16 width, u16 height, flags, 2 bytes │ 3 bytes a colour │ blocks …
 *
 * One of the colours may be transparent: the graphic control extension before the first frame says which. CompuServe 1990, GIF89a, sections 18, 19, 20 and 23.
 * Whether the file is sound is for the decoder to say.
 */
import type { PaletteColour } from "@pixelcnn/core";

const HEADER_BYTES = 13;
const FLAGS = 10;
const HAS_TABLE = 0x80;
const SIZE = 0x07;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const FRAME = 0x2c;
const FRAME_FLAGS = 9;
const IS_TRANSPARENT = 0x01;

/** Null where the file is none, has no such table, or its first frame one of its own. */
export function gifPalette(bytes: Uint8Array): PaletteColour[] | null {
  const signature = String.fromCharCode(...bytes.subarray(0, 6));
  const flags = bytes[FLAGS] ?? 0;
  if (!/^GIF8[79]a$/.test(signature) || (flags & HAS_TABLE) === 0) return null;
  const count = 2 ** ((flags & SIZE) + 1);
  let at = HEADER_BYTES + 3 * count;
  const table = bytes.subarray(HEADER_BYTES, at);
  let transparent = -1;
  while (bytes[at] === EXTENSION) {
    const [, kind, , control = 0, , , index = 0] = bytes.subarray(at, at + 7);
    if (kind === GRAPHIC_CONTROL && (control & IS_TRANSPARENT) !== 0) transparent = index;
    at += 2;
    // Sub-blocks, each behind its length, up to an empty one.
    for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) at += length + 1;
    at += 1;
  }
  if (bytes[at] !== FRAME || (bytes[at + FRAME_FLAGS]! & HAS_TABLE) !== 0) return null;
  if (table.length < 3 * count) return null;
  return Array.from({ length: count }, (_, i) => {
    return [table[3 * i]!, table[3 * i + 1]!, table[3 * i + 2]!, i === transparent ? 0 : 255];
  });
}
