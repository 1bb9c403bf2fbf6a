/**
 * A distribution in whole numbers, which every machine adds up alike: of the numbers 0 … M − 1, level k has C(k) … C(k + 1) − 1. C begins
 * at 0, ends at C(K) = M and rises by at least one per level, so no level is impossible.
 */

/** What the counts of all levels add up to, M. */
export const TOTAL = 2 ** 24;

/** The counts of one value. */
export interface LevelCounts {
  /** C(level), for a level from 0 to K. */
  start(level: number): number;
}

/** The level that has a number from 0 to M − 1, by bisection. */
export function levelAt(counts: LevelCounts, levels: number, number: number): number {
  let [level, end] = [0, levels];
  while (end - level > 1) {
    const middle = (level + end) >>> 1;
    if (counts.start(middle) <= number) level = middle;
    else end = middle;
  }
  return level;
}
