/**
 * Exponential moving average of the weights, which draws better than the weights themselves.
 *
 *     a ← a + (1 - d_t)(w - a)          d_t = min(d, (1 + t) / (10 + t))
 *
 * The second term lets the average forget the start quickly. Polyak & Juditsky 1992; used by every good PixelCNN since
 * Salimans et al. 2017, arXiv:1701.05517. Running statistics of batch norm are averaged like the weights.
 */
import { add, mul, sub, type Tensor1D, tidy } from "@tensorflow/tfjs-core";

/** d_t, what the average keeps of itself at a step. @param step from 1. */
export function averageDecay(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

/** The new average, [N]. Reads its arguments; the caller disposes. */
export function updateAverage(average: Tensor1D, value: Tensor1D, decay: number): Tensor1D {
  return tidy(() => add(average, mul(sub(value, average), 1 - decay)) as Tensor1D);
}
