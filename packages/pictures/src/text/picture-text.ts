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
  switch (style) {
    case "half-blocks":
      return { columns: width, rows: Math.ceil(height / 2) };
    case "braille":
      return { columns: Math.ceil(width / 2), rows: Math.ceil(height / 4) };
    case "shades":
    case "ascii":
      return { columns: 2 * width, rows: height };
    default:
      return style satisfies never;
  }
}
