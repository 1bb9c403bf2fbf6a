/**
 * Levels that keep everything of what is stored: the way to K levels and back of quantise.ts, for pictures in which the way back leads to where
 * it began.
 */
import { type LevelArray, levelArray } from "../picture.ts";
import { DataError } from "./data-error.ts";
import { quantise } from "./quantise.ts";

/** The value 0 … `stored` − 1 that shows a level 0 … K − 1. `quantise` gives the level back. */
export function levelToStored(level: number, levels: number, stored: number): number {
  return Math.ceil((level * (stored - 1)) / (levels - 1));
}

/**
 * Levels 0 … K − 1 of stored values, {@link levelToStored} of which are the values again.
 *
 * @param stored levels that are stored, 256 or 65,536.
 * @throws {DataError} naming a value that no level shows.
 */
export function exactLevels(values: LevelArray, levels: number, stored: number): LevelArray {
  const target = levelArray(Math.max(levels, stored), values.length);
  quantise(values, levels, target, stored);
  const lost = values.findIndex((value, i) => levelToStored(target[i]!, levels, stored) !== value);
  if (lost >= 0) {
    throw new DataError(
      `expected values that ${levels} levels show, got ${values[lost]} of ${stored}; choose a model with more levels`,
    );
  }
  return levels > 256 || target instanceof Uint8Array ? target : Uint8Array.from(target);
}

/** The stored values that show levels. */
export function storedValues(levels: LevelArray, count: number, stored: number): LevelArray {
  return levelArray(stored, levels.length).map((_, i) => levelToStored(levels[i]!, count, stored));
}
