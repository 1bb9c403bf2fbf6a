/** Sheets one after the other as an animated GIF, the last one held. */
import { levelToByte } from "@pixelcnn/core/data";
import type { drawSheet } from "@pixelcnn/pictures";
import { applyPalette, GIFEncoder, quantize } from "gifenc";

const FRAME_MS = 80;
const LAST_FRAME_MS = 2000;
/** A GIF has at most so many colours. */
const MAX_COLOURS = 256;

/** Gives the page's thread back between frames. @param levels of the pictures on the sheets. */
export async function encodeGif(
  count: number,
  frameAt: (frame: number) => Sheet,
  levels: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder();
  const palette = paletteOf(frameAt(count - 1), levels);
  for (let frame = 0; frame < count; frame++) {
    const sheet = frameAt(frame);
    encoder.writeFrame(applyPalette(rgbaOf(sheet), palette), sheet.width, sheet.height, {
      palette,
      delay: frame === count - 1 ? LAST_FRAME_MS : FRAME_MS,
    });
    await new Promise((resolve) => setTimeout(resolve));
  }
  encoder.finish();
  return encoder.bytes();
}

type Sheet = ReturnType<typeof drawSheet>;

/** The greys themselves when they fit, with that of the gaps; else the best that a GIF can do. */
function paletteOf(sheet: Sheet, levels: number): number[][] {
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
