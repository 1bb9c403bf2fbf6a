/**
 * The blocks of a GIF before its trailer, found by their lengths: extensions (0x21) and frames (0x2c), each with sub-blocks that end with an empty one.
 * CompuServe 1990, GIF89a, sections 15 to 24. Whether the file is sound is for its decoder to say; of what is cut there are fewer blocks.
 */

/** A block, by where it begins. */
export interface GifBlock {
  readonly isFrame: boolean;
  readonly at: number;
}

const HEADER_BYTES = 13;
const FLAGS = 10;
const FRAME_BYTES = 11;
const FRAME_FLAGS = 9;
const EXTENSION = 0x21;
const FRAME = 0x2c;

/** The bytes of the table of colours that all frames share, three a colour; none where it has no such table. */
export function gifTable(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(HEADER_BYTES, HEADER_BYTES + tableBytes(bytes[FLAGS] ?? 0));
}

/** Has the frame that begins at `at` a table of its own? */
export function hasOwnTable(bytes: Uint8Array, at: number): boolean {
  return tableBytes(bytes[at + FRAME_FLAGS] ?? 0) > 0;
}

/** Every block in its order; none of any other kind of file. */
export function* gifBlocks(bytes: Uint8Array): Generator<GifBlock, void, undefined> {
  if (!/^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6)))) return;
  let at = HEADER_BYTES + tableBytes(bytes[FLAGS] ?? 0);
  while (bytes[at] === EXTENSION || bytes[at] === FRAME) {
    const isFrame = bytes[at] === FRAME;
    yield { isFrame, at };
    at += isFrame ? FRAME_BYTES + tableBytes(bytes[at + FRAME_FLAGS] ?? 0) : 2;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
    at += 1;
  }
}

/** By the flags that tell of a table: the highest bit whether it is there, the lowest three its size. */
function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}
