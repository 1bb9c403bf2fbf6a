/**
 * Colours by number: what the levels of a picture show where they are names of colours and no amounts of light. None lies between two
 * others, so nothing is ever rounded, mixed or made fewer.
 *
 *     level k  →  palette[k] = [red, green, blue, alpha]        0 … 255 each, not premultiplied
 */
import { OptionError } from "./errors.ts";

/** A colour and how opaque it is, whole numbers from 0 to 255 each. */
export type PaletteColour = readonly [red: number, green: number, blue: number, alpha: number];

/** Colours by level, all different. */
export type Palette = readonly PaletteColour[];

/** Most colours of a palette, as PNG and GIF have it. */
export const MOST_COLOURS = 256;

/**
 * Is this the palette of pictures of one channel and so many levels?
 *
 * @throws {OptionError} when there are other than `levels` colours, more than 256, one twice, or a number that is no byte.
 */
export function checkPalette(
  palette: Palette,
  { channels, levels }: { readonly channels: number; readonly levels: number },
): void {
  const expected = (what: string, got: unknown) => {
    throw new OptionError(`expected a palette of ${what}, got ${got}; choose another`);
  };
  if (channels !== 1) expected("pictures of 1 channel", channels);
  if (palette.length !== levels || levels > MOST_COLOURS)
    expected(`${levels} colours, one a level and at most ${MOST_COLOURS}`, palette.length);
  const seen = new Map<number, number>();
  palette.forEach((colour, level) => {
    const isColour = colour.length === 4 && colour.every(isByte);
    if (!isColour) expected("four bytes a colour", JSON.stringify(colour));
    const before = seen.get(colourKey(colour));
    if (before !== undefined)
      expected("different colours", `${colourText(colour)} as levels ${before} and ${level}`);
    seen.set(colourKey(colour), level);
  });
}

/** One number for a colour: different ones for different colours. */
export function colourKey([red, green, blue, alpha]: PaletteColour): number {
  return ((red * 256 + green) * 256 + blue) * 256 + alpha;
}

/** The level of every colour of a palette by its {@link colourKey}. */
export function levelsByColour(palette: Palette): ReadonlyMap<number, number> {
  return new Map(palette.map((colour, level) => [colourKey(colour), level]));
}

/** "#rrggbb", and two digits more where it is not opaque. */
export function colourText([red, green, blue, alpha]: PaletteColour): string {
  const bytes = alpha === 255 ? [red, green, blue] : [red, green, blue, alpha];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The level of the colour that looks most like one, by its light and by how much it hides; the lowest of several. */
export function nearestLevel(palette: Palette, colour: PaletteColour): number {
  const asked = premultiplied(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [level, one] of palette.entries()) {
    const distance = premultiplied(one).reduce((sum, value, i) => sum + (value - asked[i]!) ** 2, 0);
    if (distance >= least) continue;
    best = level;
    least = distance;
  }
  return best;
}

/** What is seen where something opaque lies behind a colour. */
export function inFrontOf(
  [red, green, blue, alpha]: PaletteColour,
  behind: readonly [number, number, number],
): PaletteColour {
  const mix = (front: number, back: number) => Math.round((front * alpha + back * (255 - alpha)) / 255);
  return [mix(red, behind[0]), mix(green, behind[1]), mix(blue, behind[2]), 255];
}

function premultiplied([red, green, blue, alpha]: PaletteColour): readonly number[] {
  const share = alpha / 255;
  return [red * share, green * share, blue * share, alpha];
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
