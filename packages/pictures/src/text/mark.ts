/** How the pixel that is being drawn is pointed at where there is colour. */
import type { Raster } from "../raster.ts";
import type { Rgb } from "./colour.ts";

/** No grey and no likely colour of a picture. */
export const MARK: Rgb = [255, 64, 64];

/** Colour of a pixel; null where nothing is drawn. */
export function colourAt({ rgb, drawn, mark }: Raster, pixel: number): Rgb | null {
  if (pixel === mark) return MARK;
  if (pixel >= drawn) return null;
  return [rgb[pixel * 3]!, rgb[pixel * 3 + 1]!, rgb[pixel * 3 + 2]!];
}
