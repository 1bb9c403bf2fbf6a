/** The other side of range-encoder.ts. Whatever the bytes are, it gives symbols and never fails: that they are whole is the file's to know. */
import { FULL_RANGE, LEAST_RANGE } from "./range-encoder.ts";
import type { SymbolCoder } from "./symbol-coder.ts";
import { type SymbolCounts, symbolAt, TOTAL } from "./symbol-counts.ts";

const BYTE = 256;

export class RangeDecoder implements SymbolCoder {
  readonly #bytes: Uint8Array;
  #at = 0;
  #range = FULL_RANGE;
  /** The number less the range's beginning: at least 0, below range. */
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let range = 1; range < FULL_RANGE; range *= BYTE) this.#shift();
  }

  code(counts: SymbolCounts): number {
    const { symbol, start, end } = symbolAt(counts, this.number);
    this.decode(start, end);
    return symbol;
  }

  /** Which of the numbers 0 … M − 1 the next symbol has. */
  get number(): number {
    return Math.min(Math.floor(this.#offset / Math.floor(this.#range / TOTAL)), TOTAL - 1);
  }

  /** Goes on behind that symbol, which has the numbers start … end − 1. */
  decode(start: number, end: number): void {
    const share = Math.floor(this.#range / TOTAL);
    this.#offset -= share * start;
    this.#range = end === TOTAL ? this.#range - share * start : share * (end - start);
    while (this.#range < LEAST_RANGE) {
      this.#shift();
      this.#range *= BYTE;
    }
  }

  #shift(): void {
    const byte = this.#at < this.#bytes.length ? this.#bytes[this.#at]! : 0;
    this.#at++;
    this.#offset = this.#offset * BYTE + byte;
  }
}
