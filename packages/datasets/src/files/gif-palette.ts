/**
 * The table of colours that all frames of a GIF share, in its own order: what a decoder of pixels forgets. It is filled up to a power of two, so it may have
 * colours that no pixel has, and one more than once. One of the colours may be transparent: the graphic control extension before the first frame says which.
 * CompuServe 1990, GIF89a, sections 19, 20 and 23.
 */
import type { PaletteColour } from "@pixelcnn/core";
import { gifBlocks, gifTable, hasOwnTable } from "@pixelcnn/core/data";

const GRAPHIC_CONTROL = 0xf9;
const IS_TRANSPARENT = 0x01;

/** Null where the file is none, has no such table, or its first frame one of its own. */
export function gifPalette(bytes: Uint8Array): PaletteColour[] | null {
  let transparent = -1;
  for (const { isFrame, at } of gifBlocks(bytes)) {
    if (!isFrame) {
      const [, kind, , control = 0, , , index = 0] = bytes.subarray(at, at + 7);
      if (kind === GRAPHIC_CONTROL && (control & IS_TRANSPARENT) !== 0) transparent = index;
      continue;
    }
    const table = gifTable(bytes);
    if (table.length === 0 || hasOwnTable(bytes, at)) return null;
    return Array.from({ length: table.length / 3 }, (_, i) => {
      return [table[3 * i]!, table[3 * i + 1]!, table[3 * i + 2]!, i === transparent ? 0 : 255];
    });
  }
  return null;
}
