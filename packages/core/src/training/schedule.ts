/**
 * The learning rate over a training: linear warm-up, then half a cosine down to a fiftieth.
 *
 *     η(t) = η · min(1, t / warm-up) · (f + (1 - f)·(1 + cos πp) / 2)          p: share of the training that is done
 *
 * Loshchilov & Hutter 2017, arXiv:1608.03983, equation 5, without restarts. p comes from steps or from the clock, so a
 * training that ends after ten minutes has decayed when they are over.
 */

/** Share of the rate that is left at the end, f. */
const FLOOR = 0.02;

/**
 * The learning rate of one step.
 *
 * @param rate the highest one, η.
 * @param step from 1.
 * @param progress share of the training that is done, 0 ... 1.
 */
export function learningRateAt(rate: number, step: number, warmupSteps: number, progress: number): number {
  const warmup = warmupSteps > 0 ? Math.min(1, step / warmupSteps) : 1;
  const decay = FLOOR + ((1 - FLOOR) * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
  return rate * warmup * decay;
}
