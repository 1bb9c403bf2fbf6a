/** The distribution of one value, by which its level is coded: as one symbol, or, above 256 levels, as its high byte and then its low one. */
import { type Below, CumulativeCounts } from "./cumulative-counts.ts";
import type { SymbolCoder } from "./symbol-coder.ts";

const BYTE = 256;

export class ValueCounts {
  readonly #levels: number;
  readonly #below: Below;
  readonly #counts: CumulativeCounts;

  /** @param below B of the value at hand. @param spare see {@link CumulativeCounts}. */
  constructor(levels: number, below: Below, spare: 1 | 2) {
    this.#levels = levels;
    this.#below = below;
    this.#counts = new CumulativeCounts(below, spare);
  }

  /**
   * Codes the value at hand.
   *
   * @param known its level, for a coder that writes.
   * @returns its level.
   */
  code(coder: SymbolCoder, known: number): number {
    const levels = this.#levels;
    const total = this.#below(levels);
    if (levels <= BYTE) return coder.code(this.#counts.set(0, levels, 1, total), known);
    const high = coder.code(this.#counts.set(0, levels, BYTE, total), known >>> 8);
    const first = high * BYTE;
    const end = Math.min(first + BYTE, levels);
    return first + coder.code(this.#counts.set(first, end, 1, total), known & (BYTE - 1));
  }
}
