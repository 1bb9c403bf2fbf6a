/**
 * Counts from what the levels below another weigh, B(v), in float64. Of levels f … f + n·d − 1 a symbol stands for d each, the last perhaps for
 * fewer:
 *
 *     C(k) = s·k + ⌊(M − s·n) · (B(f + k·d) − B(f)) / (B(end) − B(f))⌋     C(n) = M
 *
 * s is 1 where B never falls, as sums of weights; 2 where rounding may let it fall by a hair from one level to the next, and so the second term by
 * one. What s takes from a symbol is at most s·n/M of its probability.
 */
import { type SymbolCounts, TOTAL } from "./symbol-counts.ts";

/** B: what the levels below `level` weigh together. */
export type Below = (level: number) => number;

/** Levels whose share of all is less have no counts of their own: a hair would be more than one of these. */
const LEAST_SHARE = 2 ** -24;

export class CumulativeCounts implements SymbolCounts {
  readonly #below: Below;
  readonly #spare: number;
  symbols = 0;
  #first = 0;
  #step = 1;
  #base = 0;
  /** What all symbols weigh; 0 where they count alike. */
  #mass = 0;

  /** @param spare s */
  constructor(below: Below, spare: 1 | 2) {
    this.#below = below;
    this.#spare = spare;
  }

  /**
   * Takes the levels `first` … `end` − 1 of a value, as symbols of `step` levels.
   *
   * @param total what all levels of the value weigh.
   */
  set(first: number, end: number, step: number, total: number): this {
    this.symbols = Math.ceil((end - first) / step);
    this.#first = first;
    this.#step = step;
    this.#base = this.#below(first);
    const mass = this.#below(end) - this.#base;
    this.#mass = mass < LEAST_SHARE * total ? 0 : mass;
    return this;
  }

  start(symbol: number): number {
    const { symbols } = this;
    if (symbol === symbols) return TOTAL;
    if (this.#mass === 0) return Math.floor((TOTAL * symbol) / symbols);
    const weight = this.#below(this.#first + symbol * this.#step) - this.#base;
    return this.#spare * symbol + Math.floor(((TOTAL - this.#spare * symbols) * weight) / this.#mass);
  }
}
