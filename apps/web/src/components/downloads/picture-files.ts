/** Pictures as PNG files, as the command line makes them. Loaded when somebody asks for one. */
import { levelToByte } from "@pixelcnn/core/data";
import { drawSheet, encodePng, squareColumns, visibleScale } from "@pixelcnn/pictures";
import { groundLevel } from "../pictures/ground-level.ts";
import type { Levels } from "../pictures/paint-levels.ts";

/** A sheet to look at: enlarged, with gaps. */
export function sheetPng({ pixels, picture }: Levels): Uint8Array<ArrayBuffer> {
  const columns = columnsOf({ pixels, picture });
  return own(encodePng(drawSheet(pixels, picture, { columns, scale: visibleScale(picture) })));
}

/** A sprite sheet to compute with: every value a pixel, pictures edge to edge, row by row; black where none is left, or what is transparent. */
export function spritePng({ pixels, picture }: Levels): Uint8Array<ArrayBuffer> {
  const { height, width, channels, levels, palette } = picture;
  const columns = columnsOf({ pixels, picture });
  const size = height * width * channels;
  const count = pixels.length / size;
  const sheetWidth = columns * width;
  const sheetHeight = Math.ceil(count / columns) * height;
  const ground = groundLevel(picture);
  const data = new Uint8Array(sheetWidth * sheetHeight * channels).fill(ground);
  for (let i = 0; i < count; i++) {
    for (let y = 0; y < height; y++) {
      const row = pixels.subarray(i * size + y * width * channels, i * size + (y + 1) * width * channels);
      const top = Math.floor(i / columns) * height + y;
      const left = (i % columns) * width;
      data.set(
        palette ? row : row.map((level) => levelToByte(level, levels)),
        (top * sheetWidth + left) * channels,
      );
    }
  }
  const sheet = { width: sheetWidth, height: sheetHeight, channels, data };
  return own(encodePng(palette ? { ...sheet, palette } : sheet));
}

function columnsOf({ pixels, picture }: Levels): number {
  return squareColumns(pixels.length / (picture.height * picture.width * picture.channels));
}

function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
