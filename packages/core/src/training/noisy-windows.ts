/**
 * Noise in place of some pixels of some windows: what a network learns of next to its own slips. Drawing, it reads pixels that it has drawn itself; one that
 * was drawn badly is like nothing that it was shown, and what it makes of that may be worse still, until the rest of the picture is noise. A network
 * that was shown pixels beside noise, and what they are in spite of it, finds back. (Bengio et al. 2015, arXiv:1506.03099, for the same reason, show sequence models what they drew.)
 */
import type { Batch } from "../data/preparation.ts";
import { type Window, windowSize } from "../network/window.ts";
import { Purpose, uniform } from "../random/noise.ts";

/** Node in the address: flips are the other augmentation, at 0. */
const NODE = 1;

/** Which noise. */
export interface WindowNoise {
  /** Of the windows, 0 … 1. */
  readonly share: number;
  /** K, of a value. */
  readonly levels: number;
  readonly seed: number;
  /** From 1. */
  readonly step: number;
}

/**
 * Changes the levels of a batch of windows. Of a window that is chosen any part of the pixels in the picture is replaced, from nearly none to nearly all, a quarter
 * of the values each by the least and the largest level, the rest by any; the pixel itself stays.
 */
export function addNoise(
  { levels, inside, labels }: Required<Batch>,
  window: Window,
  { share, levels: levelCount, seed, step }: WindowNoise,
): void {
  const [rows, columns] = windowSize(window);
  const cells = rows * columns;
  const pixel = window.above * columns + window.left;
  const channels = levels.length / inside.length;
  for (let b = 0; b < labels.length; b++) {
    const number = (element: number) => uniform(seed, b, element, Purpose.augment, NODE, step);
    if (number(0) >= share) continue;
    const part = number(1);
    for (let cell = 0; cell < cells; cell++) {
      const at = b * cells + cell;
      const first = 2 + cell * (1 + channels);
      if (cell === pixel || inside[at] === 0 || number(first) >= part) continue;
      for (let channel = 0; channel < channels; channel++) {
        const level = Math.floor((2 * number(first + 1 + channel) - 0.5) * levelCount);
        levels[at * channels + channel] = Math.min(levelCount - 1, Math.max(0, level));
      }
    }
  }
}
