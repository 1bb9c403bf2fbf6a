/** The ways in which a picture becomes text. */
import type { Raster } from "../raster.ts";
import { braille } from "./braille.ts";
import type { ColourDepth } from "./colour.ts";
import { halfBlocks } from "./half-blocks.ts";
import { inkRamp, ramps } from "./ramps.ts";

/** Two pixels a character in colour, eight as dots, shades of ink, or characters of 7 bits. */
export const textStyles = ["half-blocks", "braille", "shades", "ascii"] as const;
/** One of {@link textStyles}. */
export type TextStyle = (typeof textStyles)[number];

/** Lines of a picture, all of them {@link textSize} columns wide on the screen. */
export function pictureText(raster: Raster, style: TextStyle, depth: ColourDepth): string[] {
  switch (style) {
    case "half-blocks":
      return halfBlocks(raster, depth);
    case "braille":
      return braille(raster, depth);
    case "shades":
    case "ascii":
      return inkRamp(raster, ramps[style], depth);
    default:
      return style satisfies never;
  }
}

/** Columns and rows of a picture's text. */
export function textSize(
  { width, height }: { readonly width: number; readonly height: number },
  style: TextStyle,
): { readonly columns: number; readonly rows: number } {
  const rows = Math.ceil(height / pixelRows(style));
  switch (style) {
    case "half-blocks":
      return { columns: width, rows };
    case "braille":
      return { columns: Math.ceil(width / 2), rows };
    case "shades":
    case "ascii":
      return { columns: 2 * width, rows };
    default:
      return style satisfies never;
  }
}

/** Rows of pixels in a line of text. A line shows nothing of any others, so these alone, as a picture of their own, give it. */
export function pixelRows(style: TextStyle): number {
  switch (style) {
    case "half-blocks":
      return 2;
    case "braille":
      return 4;
    case "shades":
    case "ascii":
      return 1;
    default:
      return style satisfies never;
  }
}
