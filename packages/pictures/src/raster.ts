/** One picture in the colours of a screen, as far as it is drawn: what every text renderer starts from. */
import { inFrontOf, type LevelArray, type PictureShape } from "@pixelcnn/core";
import { levelToByte } from "@pixelcnn/core/data";

/** One picture in screen colours. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] bytes. */
  readonly rgb: Uint8Array;
  /** Pixels that are there, in raster order; the others are left blank. */
  readonly drawn: number;
  /** Pixel to be pointed at, in raster order; null for none. */
  readonly mark: number | null;
}

/** How far a picture is drawn: all of it unless told otherwise. */
export interface Playback {
  readonly drawn?: number;
  readonly mark?: number | null;
}

/** What lies behind colours that are not opaque. */
const BLACK = [0, 0, 0] as const;

/**
 * A picture's levels in screen colours; grey pictures get three equal bytes, those of a palette its colours, on black.
 *
 * @param levels [H, W, C], C 1 or 3.
 */
export function rasterOf(levels: LevelArray, picture: PictureShape, playback: Playback = {}): Raster {
  const { width, height, channels } = picture;
  const rgb = new Uint8Array(width * height * 3);
  const colours = picture.palette?.map((colour) => inFrontOf(colour, BLACK).slice(0, 3));
  for (let i = 0; i < width * height; i++) {
    if (colours) {
      rgb.set(colours[levels[i]!]!, i * 3);
      continue;
    }
    for (let c = 0; c < 3; c++) {
      rgb[i * 3 + c] = levelToByte(levels[i * channels + Math.min(c, channels - 1)]!, picture.levels);
    }
  }
  return { width, height, rgb, drawn: playback.drawn ?? width * height, mark: playback.mark ?? null };
}

/** Brightness of a pixel, 0 ... 1 (Rec. 709 weights). */
export function luma({ rgb }: Raster, pixel: number): number {
  const at = pixel * 3;
  return (0.2126 * rgb[at]! + 0.7152 * rgb[at + 1]! + 0.0722 * rgb[at + 2]!) / 255;
}
