/** A line of the screen that shows a row of pictures in real pixels: one picture, as high as a character. */
import type { Raster } from "@pixelcnn/pictures";
import type { Graphics } from "./ask.ts";

/** Pixels of a picture that a character is wide and high: as many as braille has dots. */
const PIXELS_ACROSS = 2;
export const PIXELS_DOWN = 4;

export interface Band {
  /** Where its upper left character lies on the screen, from 0. */
  readonly row: number;
  readonly column: number;
  /** Characters. */
  readonly columns: number;
  /** Characters from a picture to the next. */
  readonly pitch: number;
  /** Another key is another picture. */
  readonly key: string;
  /** Of every picture in the row, the rows of pixels in this line. */
  readonly pictures: () => readonly Raster[];
}

/** Bytes red, green, blue and alpha. */
export interface BandPixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly rgba: Uint8Array;
}

/**
 * The band as large as its characters, every pixel the nearest one of its picture's. What is not drawn, and what lies between
 * pictures, is left to what is behind.
 */
export function bandPixels(band: Band, { cell }: Pick<Graphics, "cell">): BandPixels {
  const [width, height] = [band.columns * cell.width, cell.height];
  const rgba = new Uint8Array(width * height * 4);
  for (const [i, picture] of band.pictures().entries())
    paint(rgba, width, picture, i * band.pitch * cell.width, cell);
  return { width, height, rgba };
}

function paint(
  rgba: Uint8Array,
  width: number,
  { width: across, height: down, rgb, drawn, mark }: Raster,
  left: number,
  cell: Graphics["cell"],
): void {
  for (let y = 0; y < cell.height; y++) {
    const row = Math.floor((y * PIXELS_DOWN) / cell.height);
    if (row >= down) return;
    for (let x = 0; ; x++) {
      const column = Math.floor((x * PIXELS_ACROSS) / cell.width);
      if (column >= across || left + x >= width) break;
      const pixel = row * across + column;
      if (pixel >= drawn && pixel !== mark) continue;
      const at = (y * width + left + x) * 4;
      const isMark = pixel === mark;
      rgba[at] = isMark ? MARK[0] : rgb[pixel * 3]!;
      rgba[at + 1] = isMark ? MARK[1] : rgb[pixel * 3 + 1]!;
      rgba[at + 2] = isMark ? MARK[2] : rgb[pixel * 3 + 2]!;
      rgba[at + 3] = 255;
    }
  }
}

/** As half blocks mark the pixel that is drawn next. */
const MARK = [255, 64, 64] as const;
