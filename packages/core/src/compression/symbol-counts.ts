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

/** The symbol that has a number from 0 to M − 1, by bisection. */
export function symbolAt(counts: SymbolCounts, number: number): number {
  let [symbol, end] = [0, counts.symbols];
  while (end - symbol > 1) {
    const middle = (symbol + end) >>> 1;
    if (counts.start(middle) <= number) symbol = middle;
    else end = middle;
  }
  return symbol;
}
