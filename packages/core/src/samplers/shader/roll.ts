/** Repetitions in a sequence: what a loop can stand for. */

/** Items start … start + period - 1, `repeats` times. */
export interface Stretch {
  readonly start: number;
  readonly period: number;
  readonly repeats: number;
}

/** Cuts a sequence into stretches, from the left, each the one that saves most items. */
export function roll(items: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let start = 0; start < items.length; ) {
    const stretch = longestAt(items, start);
    stretches.push(stretch);
    start += stretch.period * stretch.repeats;
  }
  return stretches;
}

function longestAt(items: readonly string[], start: number): Stretch {
  let best: Stretch = { start, period: 1, repeats: 1 };
  for (let period = 1; start + 2 * period <= items.length; period++) {
    let end = start + period;
    while (end < items.length && items[end] === items[end - period]) end++;
    const repeats = Math.floor((end - start) / period);
    if ((repeats - 1) * period > (best.repeats - 1) * best.period) best = { start, period, repeats };
  }
  return best;
}
