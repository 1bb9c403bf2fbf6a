/**
 * Every uniform number of this project, by address. A number depends on the seed and on *what it is for* (picture,
 * element, purpose, node, time), never on what was drawn before it, so the same seed gives the same picture whichever
 * sampler draws it and however a batch is cut.
 *
 *     key     = seed as two u32 (low, high)
 *     counter = (index, element, purpose + 256·node, time)
 *     u       = (word0 >>> 8) · 2^-24                        in [0, 1)
 */
import { PixelCnnError } from "../errors.ts";
import { philox4x32 } from "./philox.ts";

/** What a random number is for. Part of its address, and so of every picture ever drawn: never renumber. */
export const Purpose = {
  sample: 0,
  binarise: 1,
  shuffle: 2,
  dropout: 3,
  initialise: 4,
  glyph: 5,
  augment: 6,
  pixel: 7,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** Largest seed: 2^53 - 1, the largest integer that a JavaScript number and a JSON file hold exactly. */
export const MAX_SEED = Number.MAX_SAFE_INTEGER;

/** A seed that is not an integer in 0 ... 2^53 - 1. */
export class SeedError extends PixelCnnError {
  override readonly name = "SeedError";
  constructor(readonly seed: number) {
    super(`expected a seed that is a whole number from 0 to ${MAX_SEED}, got ${seed}; choose another seed`);
  }
}

const TWO_POW_MINUS_24 = 2 ** -24;
const words = new Uint32Array(4);

/**
 * The uniform number of one address, in [0, 1) with 24 bits.
 *
 * @param seed whole number, 0 ... 2^53 - 1 (see {@link checkSeed}).
 * @param index picture, or weight tensor when initialising.
 * @param element flat index in the picture or activation, (y·W + x)·C + c.
 * @param node 0 unless dropout or initialise.
 * @param time 0 for sampling and evaluation; the epoch (from 1) for binarise, shuffle, augment; the step for dropout.
 */
export function uniform(
  seed: number,
  index: number,
  element: number,
  purpose: Purpose,
  node: number,
  time: number,
): number {
  philox4x32(words, seed >>> 0, Math.floor(seed / 2 ** 32), index, element, purpose + 256 * node, time);
  return (words[0]! >>> 8) * TWO_POW_MINUS_24;
}

/** The address of a run of numbers: all but the element, which counts up from `firstElement`. */
export interface NoiseAddress {
  readonly seed: number;
  readonly index: number;
  readonly firstElement?: number;
  readonly purpose: Purpose;
  readonly node?: number;
  readonly time?: number;
}

/** Fills `target` with the uniform numbers of elements firstElement, firstElement + 1, ...; each in [0, 1). */
export function uniforms(target: Float32Array, address: NoiseAddress): void {
  const { seed, index, firstElement = 0, purpose, node = 0, time = 0 } = address;
  for (let i = 0; i < target.length; i++) {
    target[i] = uniform(seed, index, firstElement + i, purpose, node, time);
  }
}

/** @throws {SeedError} when `seed` is not a whole number from 0 to 2^53 - 1. */
export function checkSeed(seed: number): void {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new SeedError(seed);
}
