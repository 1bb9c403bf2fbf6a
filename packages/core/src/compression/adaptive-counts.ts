/**
 * Counts of symbols of which nothing is known before: each weighs one more than the times that it has come (Laplace's rule of
 * succession).
 */
import { CumulativeCounts } from "./cumulative-counts.ts";
import type { SymbolCoder } from "./symbol-coder.ts";

export class AdaptiveCounts {
  readonly #symbols: number;
  /** What the symbols below each weigh, [symbols + 1] */
  readonly #sums: Float64Array;
  readonly #counts: CumulativeCounts;

  constructor(symbols: number) {
    this.#symbols = symbols;
    this.#sums = Float64Array.from({ length: symbols + 1 }, (_, symbol) => symbol);
    this.#counts = new CumulativeCounts((symbol) => this.#sums[symbol]!, 1);
  }

  /** Codes the next symbol, and learns from it. @returns the symbol. */
  code(coder: SymbolCoder, known: number): number {
    const counts = this.#counts.set(0, this.#symbols, 1, this.#sums[this.#symbols]!);
    const symbol = coder.code(counts, known);
    for (let above = symbol + 1; above <= this.#symbols; above++) this.#sums[above]!++;
    return symbol;
  }
}
