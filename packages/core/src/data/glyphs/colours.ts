/**
 * A paper and an ink that go together: bright ink on dark paper, or dark ink on pale paper, with hues apart. One hue,
 * saturation and lightness decide all three channels, so each channel says much about the next.
 */
import type { GlyphNoise } from "./glyph-noise.ts";

/** Red, green and blue, 0 ... 255, not rounded. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Paper and ink differ at least this much in brightness, of 255. */
const CONTRAST = 90;

/** Paper and ink of one coloured picture. */
export function chooseColours(noise: GlyphNoise): { paper: Colour; ink: Colour } {
  const inkHue = noise.between(0, 1);
  const paperHue = inkHue + noise.around(0.5, 0.3);
  if (noise.between(0, 1) < 0.7) {
    const paper = colourOf(paperHue, noise.between(0.35, 0.75), noise.between(0.07, 0.2));
    const ink = colourOf(inkHue, noise.between(0.7, 1), noise.between(0.6, 0.78));
    return { paper, ink: towards(ink, 255, brightness(paper) + CONTRAST) };
  }
  const paper = colourOf(paperHue, noise.between(0.4, 0.8), noise.between(0.84, 0.94));
  const ink = colourOf(inkHue, noise.between(0.6, 0.95), noise.between(0.2, 0.36));
  return { paper, ink: towards(ink, 0, brightness(paper) - CONTRAST) };
}

/** Mixes in as much white (255) or black (0) as it takes to reach a brightness, if it is not reached already. */
function towards(colour: Colour, grey: 0 | 255, target: number): Colour {
  const start = brightness(colour);
  const share = Math.min(1, Math.max(0, (target - start) / (grey - start)));
  const mix = (channel: number) => channel + share * (grey - channel);
  return [mix(colour[0]), mix(colour[1]), mix(colour[2])];
}

/** Luma of Rec. 601, 0 ... 255. */
function brightness([red, green, blue]: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** HSL to RGB: hue in turns, saturation and lightness 0 ... 1. */
function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (shift: number) => {
    const k = (shift + 12 * hue) % 12;
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
