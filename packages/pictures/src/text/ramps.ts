/** Two characters a pixel, so that it looks square, with more or less ink. */
import { luma, type Raster } from "../raster.ts";
import { type ColourDepth, colourSequence, resetSequence } from "./colour.ts";
import { colourAt, MARK } from "./mark.ts";

/** From no ink to full ink; the first is of 7 bits. */
export const ramps = { ascii: " .:-=+*#%@", shades: " ░▒▓█" } as const;

/** Where the picture grows, in 7 bits. */
const MARKED = "[]";

/** Lines of 2·width characters, one per row of pixels. Pictures in colour are coloured where the terminal can. */
export function inkRamp(raster: Raster, ramp: string, depth: ColourDepth): string[] {
  const { width, height, drawn, mark } = raster;
  const cell = (i: number) => {
    if (i === mark) {
      return depth === 0 ? MARKED : `${colourSequence(MARK, "text", depth)}${MARKED}${resetSequence("text")}`;
    }
    if (i >= drawn) return "  ";
    const ink = ramp[Math.round(luma(raster, i) * (ramp.length - 1))]!.repeat(2);
    const [red, green, blue] = colourAt(raster, i)!;
    if (depth === 0 || (red === green && green === blue)) return ink;
    return `${colourSequence([red, green, blue], "text", depth)}${ink}${resetSequence("text")}`;
  };
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => cell(y * width + x)).join(""),
  );
}
