/** One generated picture from its address. */

import { Purpose, uniform } from "../../random/noise.ts";
import type { LevelArray } from "../dataset.ts";
import { type Colour, chooseColours } from "./colours.ts";
import { GlyphNoiseStart, glyphNoise } from "./glyph-noise.ts";
import { writeDigit } from "./handwriting.ts";
import { addInk } from "./ink.ts";
import { placeInPicture } from "./placement.ts";

/** Size and look of generated pictures. */
export interface GlyphFormat {
  /** Pixels, at least 6. */
  readonly height: number;
  /** Pixels, at least 6. */
  readonly width: number;
  /** 1: white ink on black; 3: coloured ink on coloured paper. */
  readonly channels: 1 | 3;
  /** How much of its ink a pixel loses at most by chance, 0 ... 1. Paper stays clean. */
  readonly grain: number;
}

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];

/**
 * Draws `digit` as picture `index` of `seed`: a pure function of these.
 *
 * @param target receives H·W·C bytes, row-major, channels last.
 */
export function drawGlyph(
  digit: number,
  seed: number,
  index: number,
  format: GlyphFormat,
  target: LevelArray,
  offset: number,
): void {
  const { height, width, channels, grain } = format;
  const noise = glyphNoise(seed, index, GlyphNoiseStart.shape);
  const coverage = new Float32Array(height * width);
  addInk(coverage, height, width, placeInPicture(writeDigit(digit, noise), height, width, noise));
  const { paper, ink } =
    channels === 1
      ? { paper: BLACK, ink: WHITE }
      : chooseColours(glyphNoise(seed, index, GlyphNoiseStart.colours));
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    let amount = coverage[pixel]!;
    if (amount > 0 && grain > 0) {
      amount *= 1 - grain * uniform(seed, index, GlyphNoiseStart.grain + pixel, Purpose.glyph, 0, 0);
    }
    for (let c = 0; c < channels; c++) {
      target[offset + pixel * channels + c] = Math.round(paper[c]! + amount * (ink[c]! - paper[c]!));
    }
  }
}
