/**
 * Digits written by nobody: the data set that needs no file. Pictures are drawn when they are read, each from its
 * address alone, so the set has no end, costs no memory, and every epoch trains on new pictures.
 *
 *     pictures 0 ... 999 validation, 1000 ... 1999 test, then epoch after epoch of training
 */
import { checkSeed } from "../../random/noise.ts";
import { DataError } from "../data-error.ts";
import { checkRead, type Dataset, type Split } from "../dataset.ts";
import { balancedLabel } from "./balanced-label.ts";
import { drawGlyph, type GlyphFormat } from "./draw-glyph.ts";

/** Size, look and seed of a generated set. */
export interface GlyphsOptions {
  /** Pixels, 6 ... 1024. */
  readonly height: number;
  /** Pixels, 6 ... 1024. */
  readonly width: number;
  /** 1: white ink on black; 3: coloured ink on coloured paper. */
  readonly channels: 1 | 3;
  /** Whole number, 0 ... 2^53 - 1; 0 when left out. */
  readonly seed?: number;
  /** Training pictures per epoch; 2,000 when left out. */
  readonly trainLength?: number;
  /** How much of its ink a pixel loses at most by chance, 0 ... 1; 0.06 when left out. Paper stays clean. */
  readonly grain?: number;
}

const HELD_OUT_LENGTH = 1000;
const SMALLEST_SIDE = 6;
const LARGEST_SIDE = 1024;

/**
 * Generated digits, 256 levels, ten classes, the labels balanced in every ten pictures. Validation and test have 1,000
 * pictures each that training never draws; `train.atEpoch` has fresh pictures for every epoch.
 *
 * @throws {DataError} when a size, the channels, the number of pictures or the grain is out of range.
 * @throws {SeedError} when the seed is.
 */
export function glyphsDataset(options: GlyphsOptions): Dataset {
  const { height, width, channels, seed = 0, trainLength = 2000, grain = 0.06 } = options;
  for (const side of [height, width]) {
    if (!Number.isInteger(side) || side < SMALLEST_SIDE || side > LARGEST_SIDE) {
      throw new DataError(
        `glyphs: expected a height and width from ${SMALLEST_SIDE} to ${LARGEST_SIDE}, got ${height}×${width}; choose another size`,
      );
    }
  }
  if (channels !== 1 && channels !== 3) {
    throw new DataError(`glyphs: expected 1 or 3 channels, got ${channels}; choose one of them`);
  }
  if (!Number.isSafeInteger(trainLength) || trainLength < 1) {
    throw new DataError(
      `glyphs: expected at least 1 training picture, got ${trainLength}; choose another number`,
    );
  }
  if (!(grain >= 0 && grain <= 1)) {
    throw new DataError(`glyphs: expected a grain from 0 to 1, got ${grain}; choose another`);
  }
  checkSeed(seed);
  const part = (first: number, length: number) =>
    glyphSplit(seed, first, length, { height, width, channels, grain });
  const atEpoch = (epoch: number): Split => {
    if (!Number.isSafeInteger(epoch) || epoch < 1) {
      throw new RangeError(`expected an epoch that is a whole number from 1, got ${epoch}`);
    }
    return part(2 * HELD_OUT_LENGTH + (epoch - 1) * trainLength, trainLength);
  };
  return {
    name: channels === 3 ? "colour-glyphs" : "glyphs",
    height,
    width,
    channels,
    levels: 256,
    classes: 10,
    train: { ...atEpoch(1), atEpoch },
    validation: part(0, HELD_OUT_LENGTH),
    test: part(HELD_OUT_LENGTH, HELD_OUT_LENGTH),
  };
}

function glyphSplit(seed: number, first: number, length: number, format: GlyphFormat): Split {
  const size = format.height * format.width * format.channels;
  return {
    length,
    read(index, target, offset) {
      checkRead(index, length, target, offset, size);
      const label = balancedLabel(seed, first + index);
      drawGlyph(label, seed, first + index, format, target, offset);
      return label;
    },
  };
}
