/**
 * What the average of the weights (moving-average.ts) keeps of itself.
 *
 *     d_t = min(d, (1 + t) / (10 + t))
 *
 * The second term lets the average forget the start quickly.
 */

/** d_t, what the average keeps of itself at a step. @param step from 1. */
export function averageDecay(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}
