/**
 * A range coder: a message is one number, and every symbol narrows the range in which it lies to the symbol's share. Martin 1979, "Range
 * encoding"; carries are kept back as in LZMA.
 *
 *     r = ⌊range / M⌋     low += r·start     range = r·(end − start), or all that is left where end = M
 *
 * Before a symbol 2^40 ≤ range ≤ 2^48, so that r loses less than 2^-16 of a symbol's share; all numbers are whole and below 2^53.
 */
import type { SymbolCoder } from "./symbol-coder.ts";
import { type SymbolCounts, TOTAL } from "./symbol-counts.ts";

/** Where range, and with it the undecided part of the number, begin: six bytes. */
export const FULL_RANGE = 2 ** 48;
/** Below it a byte is decided. */
export const LEAST_RANGE = 2 ** 40;
const BYTE = 256;
/** Nothing has been decided yet. */
const NONE = -1;

export class RangeEncoder implements SymbolCoder {
  #low = 0;
  #range = FULL_RANGE;
  /** The last byte that is decided but for a carry, then so many bytes 255 that a carry would turn over. */
  #last = NONE;
  #fulls = 0;
  readonly #bytes: number[] = [];

  code(counts: SymbolCounts, known: number): number {
    this.encode(counts.start(known), counts.start(known + 1));
    return known;
  }

  /** Adds a symbol that has the numbers start … end − 1 of 0 … M − 1; at least one. */
  encode(start: number, end: number): void {
    const share = Math.floor(this.#range / TOTAL);
    this.#low += share * start;
    this.#range = end === TOTAL ? this.#range - share * start : share * (end - start);
    while (this.#range < LEAST_RANGE) {
      this.#shift();
      this.#range *= BYTE;
    }
  }

  /** The message: the shortest from which the decoder, which reads zeros behind the end, knows every symbol. */
  finish(): Uint8Array {
    // Some multiple of the least range lies inside, so one more byte says which.
    this.#low = Math.ceil(this.#low / LEAST_RANGE) * LEAST_RANGE;
    this.#shift();
    this.#shift();
    let length = this.#bytes.length;
    while (this.#bytes[length - 1] === 0) length--;
    return Uint8Array.from(this.#bytes.slice(0, length));
  }

  /** Decides the highest byte. */
  #shift(): void {
    const carry = this.#low >= FULL_RANGE ? 1 : 0;
    const byte = Math.floor(this.#low / LEAST_RANGE) - carry * BYTE;
    if (carry === 0 && byte === BYTE - 1) this.#fulls++;
    else {
      if (this.#last !== NONE) this.#bytes.push(this.#last + carry);
      for (; this.#fulls > 0; this.#fulls--) this.#bytes.push(carry === 1 ? 0 : BYTE - 1);
      this.#last = byte;
    }
    this.#low = (this.#low % LEAST_RANGE) * BYTE;
  }
}
