/**
 * Three ways to make a picture binary, and the likelihoods they give do not compare: papers say which one they used.
 *
 *     fixed       the pixels are binary as stored
 *     threshold   1 iff v ≥ 128
 *     dynamic     1 iff u < v / 255, with a fresh u for every pixel and epoch: the byte is a probability
 *
 * Dynamic: Salakhutdinov & Murray 2008, "On the quantitative analysis of deep belief networks". Fixed: one such draw,
 * published by H. Larochelle and used by the papers that report nats on binarised MNIST.
 */
import type { LevelArray } from "../picture.ts";
import { Purpose, uniform } from "../random/noise.ts";
import { DataError } from "./data-error.ts";

/** The ways to make a picture binary: see the top of binarise.ts for what each one does. */
export const BINARISE_KINDS = ["fixed", "dynamic", "threshold"] as const;
/** One of {@link BINARISE_KINDS}. */
export type BinariseKind = (typeof BINARISE_KINDS)[number];

/** How, and the address of the noise that `dynamic` draws. */
export interface BinariseOptions {
  readonly kind: BinariseKind;
  /** Levels of the stored pixels: 2, 256 or 65,536. */
  readonly storedLevels: number;
  /** Whole number, 0 ... 2^53 - 1. */
  readonly seed: number;
  /** Picture index in its split. */
  readonly index: number;
  /** Epoch from 1 in training, 0 in evaluation. */
  readonly time: number;
}

/**
 * Levels 0 and 1 of one stored picture. Pixels that are binary already are their own result, whatever the kind: for
 * them a threshold halfway and a draw with probability 0 or 1 change nothing.
 *
 * @param pixels one picture, H·W·C levels, row-major, channels last.
 * @param target receives the levels; `pixels` itself works in place. A new array when left out.
 * @returns `target`.
 * @throws {DataError} when `kind` is fixed and the pixels are not binary as stored.
 */
export function binarise(pixels: Uint8Array, options: BinariseOptions, target?: Uint8Array): Uint8Array;
export function binarise(pixels: LevelArray, options: BinariseOptions, target: LevelArray): LevelArray;
export function binarise(
  pixels: LevelArray,
  options: BinariseOptions,
  target: LevelArray = new Uint8Array(pixels.length),
): LevelArray {
  checkBinarise(options.kind, options.storedLevels);
  if (options.storedLevels === 2) {
    target.set(pixels);
  } else if (options.kind === "dynamic") {
    draw(pixels, options, target);
  } else {
    const half = options.storedLevels / 2;
    for (let i = 0; i < pixels.length; i++) target[i] = pixels[i]! >= half ? 1 : 0;
  }
  return target;
}

/** @throws {DataError} when `kind` cannot be had from pixels of `storedLevels` levels. */
export function checkBinarise(kind: BinariseKind, storedLevels: number): void {
  if (kind === "fixed" && storedLevels !== 2) {
    throw new DataError(
      `fixed binarisation needs a data set of 2 levels, got ${storedLevels}; choose dynamic or threshold`,
    );
  }
}

function draw(
  pixels: LevelArray,
  { seed, index, time, storedLevels }: BinariseOptions,
  target: LevelArray,
): void {
  const white = storedLevels - 1;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    // u is in [0, 1): black and white need no draw, and they are most of a picture of ink.
    if (value === 0 || value === white) target[i] = value & 1;
    else target[i] = uniform(seed, index, i, Purpose.binarise, 0, time) < value / white ? 1 : 0;
  }
}
