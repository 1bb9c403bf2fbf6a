import type { SymbolCounts } from "./symbol-counts.ts";

/** Either end of a message, so that one loop is both. */
export interface SymbolCoder {
  /**
   * Codes the next symbol.
   *
   * @param counts valid during the call.
   * @param known the symbol, for who writes; who reads passes over it.
   * @returns the symbol.
   */
  code(counts: SymbolCounts, known: number): number;
}
