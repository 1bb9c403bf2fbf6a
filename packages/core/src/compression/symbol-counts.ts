/**
 * A distribution in whole numbers, which every machine adds up alike: of the numbers 0 … M − 1, symbol k of n has C(k) … C(k + 1) − 1. C begins
 * at 0, ends at C(n) = M and rises by at least one per symbol, so no symbol is impossible.
 */

/** What the counts of all symbols add up to, M. */
export const TOTAL = 2 ** 24;

/** The counts of one symbol. */
export interface SymbolCounts {
  /** n */
  readonly symbols: number;
  /** C(symbol), for a symbol from 0 to n. */
  start(symbol: number): number;
}

/** A symbol and its numbers, start … end − 1. */
export interface SymbolShare {
  readonly symbol: number;
  readonly start: number;
  readonly end: number;
}

/** The symbol that has a number from 0 to M − 1, by bisection, with both ends as they were found on the way: counts may be dear. */
export function symbolAt(counts: SymbolCounts, number: number): SymbolShare {
  let [symbol, above] = [0, counts.symbols];
  let [start, end] = [0, TOTAL];
  while (above - symbol > 1) {
    const middle = (symbol + above) >>> 1;
    const first = counts.start(middle);
    if (first <= number) {
      symbol = middle;
      start = first;
    } else {
      above = middle;
      end = first;
    }
  }
  return { symbol, start, end };
}
