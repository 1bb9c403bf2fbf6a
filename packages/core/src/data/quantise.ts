/**
 * Fewer levels than are stored, 256 or 65,536: K equal ranges of them, and back (level-bytes.ts). Nowhere else do bytes become levels or levels
 * bytes; whatever reads, shows, stores or completes pictures asks here.
 *
 *     level = ⌊byte·K / 256⌋            byte = ⌈level·255 / (K - 1)⌉
 *
 * Two levels are a threshold at 128; 256 levels are the bytes themselves; the lowest level is black and the highest white.
 * The way back undoes the way there for every K: 255k/(K-1) lies in the range of level k, k·256/K ≤ x ≤ (k+1)·256/K - 1,
 * and so does the next whole number (the nearest one need not: 28 levels).
 */
import type { LevelArray } from "../picture.ts";
import { DataError } from "./data-error.ts";

/** The level 0 ... K-1 of a stored value 0 ... `stored` - 1. */
function valueToLevel(value: number, levels: number, stored: number): number {
  return Math.floor((value * levels) / stored);
}

/**
 * Levels 0 ... K-1 of stored bytes 0 ... 255.
 *
 * @param target receives the levels; `bytes` itself works in place. A new array of bytes when left out.
 * @returns `target`.
 * @throws {DataError} when `levels` is not a whole number from 2 to those that are stored.
 * @throws {RangeError} when `target` is shorter than `bytes`.
 */
export function quantise(bytes: Uint8Array, levels: number, target?: Uint8Array): Uint8Array;
/** The same of values of which `stored` levels are stored, 256 or 65,536. */
export function quantise(bytes: LevelArray, levels: number, target: LevelArray, stored: number): LevelArray;
export function quantise(
  bytes: LevelArray,
  levels: number,
  target: LevelArray = new Uint8Array(bytes.length),
  stored = 256,
): LevelArray {
  checkLevels(levels, stored);
  if (target.length < bytes.length) {
    throw new RangeError(`expected room for ${bytes.length} levels, but the target has ${target.length}`);
  }
  for (let i = 0; i < bytes.length; i++) target[i] = valueToLevel(bytes[i]!, levels, stored);
  return target;
}

/** @throws {DataError} when `levels` is not a whole number from 2 to `most`. */
export function checkLevels(levels: number, most = 65_536): void {
  if (!Number.isInteger(levels) || levels < 2 || levels > most) {
    throw new DataError(`expected a whole number of levels from 2 to ${most}, got ${levels}; choose another`);
  }
}
