import type { SymbolCoder } from "./symbol-coder.ts";
import { type SymbolCounts, TOTAL } from "./symbol-counts.ts";

/** Writes nothing: adds up the bits that symbols take. */
export class BitMeter implements SymbolCoder {
  bits = 0;

  code(counts: SymbolCounts, known: number): number {
    this.bits += Math.log2(TOTAL / (counts.start(known + 1) - counts.start(known)));
    return known;
  }
}
