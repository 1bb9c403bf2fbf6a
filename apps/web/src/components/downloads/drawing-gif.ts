/** A sheet as an animated GIF that grows: a frame a row of pixels, the finished sheet held at the end. */
import { levelToByte } from "@pixelcnn/core/data";
import { drawSheet, squareColumns, visibleScale } from "@pixelcnn/pictures";
import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { Levels } from "../pictures/paint-levels.ts";

const FRAME_MS = 80;
const LAST_FRAME_MS = 2000;
/** A GIF has at most so many colours. */
const MAX_COLOURS = 256;

/** Gives the page's thread back between frames. */
export async function drawingGif({ pixels, picture }: Levels): Promise<Uint8Array<ArrayBuffer>> {
  const { height, width, channels } = picture;
  const size = height * width * channels;
  const count = pixels.length / size;
  const encoder = GIFEncoder();
  const frameAfter = (rows: number) => {
    const grown = pixels.slice();
    for (let i = 0; i < count; i++) grown.fill(0, i * size + rows * width * channels, (i + 1) * size);
    return drawSheet(grown, picture, { columns: squareColumns(count), scale: visibleScale(picture) });
  };
  const palette = paletteOf(frameAfter(height), picture.levels);
  for (let rows = 1; rows <= height; rows++) {
    const sheet = frameAfter(rows);
    encoder.writeFrame(applyPalette(rgbaOf(sheet), palette), sheet.width, sheet.height, {
      palette,
      delay: rows === height ? LAST_FRAME_MS : FRAME_MS,
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
