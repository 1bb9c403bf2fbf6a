/**
 * Exponential moving average of the weights, which draws better than the weights themselves.
 *
 *     a ← a + (1 - d_t)(w - a)          d_t of average-decay.ts
 *
 * Polyak & Juditsky 1992; used by every good PixelCNN since
 * Salimans et al. 2017, arXiv:1701.05517. Running statistics of batch norm are averaged like the weights.
 */
import { add, mul, sub, type Tensor1D, tidy } from "@tensorflow/tfjs-core";

/** The new average, [N]. Reads its arguments; the caller disposes. */
export function updateAverage(average: Tensor1D, value: Tensor1D, decay: number): Tensor1D {
  return tidy(() => add(average, mul(sub(value, average), 1 - decay)) as Tensor1D);
}
