/** Sheets one after the other as an animated GIF, the last one held. In Node and in browsers. */
/// <reference path="./gifenc.d.ts" />
import { levelToByte } from "@pixelcnn/core/data";
import * as gifenc from "gifenc";
import type { Sheet } from "./sheet.ts";

// Bundlers take gifenc's module, Node its CommonJS file, of which it knows one export.
const isModule: boolean = "GIFEncoder" in gifenc;
const { applyPalette, GIFEncoder, quantize } = isModule ? gifenc : gifenc.default;

/** Milliseconds of a frame. */
const FRAME_MS = 80;
const LAST_FRAME_MS = 2000;
/** A GIF has at most so many colours. */
const MAX_COLOURS = 256;
/** A frame takes the place of the one before, what is transparent in it too. */
const RESTORE = 2;

/**
 * The bytes of a GIF that loops for ever: in the sheets' own colours or greys where it can, in the best 256 where not.
 *
 * @param count of frames, all of one size.
 * @param levels of the pictures on the sheets.
 * @param pause waited for after every frame, so that a thread can do something else.
 */
export async function encodeGif(
  count: number,
  frameAt: (frame: number) => Sheet,
  levels: number,
  pause: () => Promise<unknown> = async () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder();
  const last = frameAt(count - 1);
  const palette = paletteOf(last, levels);
  const unseen = last.palette?.findIndex(([, , , alpha]) => alpha === 0) ?? -1;
  for (let frame = 0; frame < count; frame++) {
    const sheet = frameAt(frame);
    const numbers = sheet.palette ? sheet.data : applyPalette(rgbaOf(sheet), palette);
    encoder.writeFrame(numbers, sheet.width, sheet.height, {
      palette,
      delay: frame === count - 1 ? LAST_FRAME_MS : FRAME_MS,
      ...(unseen >= 0 && { transparent: true, transparentIndex: unseen, dispose: RESTORE }),
    });
    await pause();
  }
  encoder.finish();
  return encoder.bytes();
}

/** The colours or greys themselves when they fit, with that of the gaps; else the best that a GIF can do. */
function paletteOf(sheet: Sheet, levels: number): number[][] {
  if (sheet.palette) return sheet.palette.map(([red, green, blue]) => [red, green, blue]);
  if (sheet.channels === 3 || levels >= MAX_COLOURS) return quantize(rgbaOf(sheet), MAX_COLOURS);
  const greys = new Set([
    sheet.data[0]!,
    ...Array.from({ length: levels }, (_, i) => levelToByte(i, levels)),
  ]);
  return [...greys].map((grey) => [grey, grey, grey]);
}

function rgbaOf({ width, height, channels, data }: Sheet): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = data[i * channels + Math.min(c, channels - 1)]!;
  }
  return rgba;
}
