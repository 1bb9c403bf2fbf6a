/**
 * Adam with global-norm clipping, on one flat vector.
 *
 *     g ← g · min(1, c / |g|)
 *     m ← β₁m + (1 - β₁)g         v ← β₂v + (1 - β₂)g²
 *     w ← w - η · (m / (1 - β₁ᵗ)) / (sqrt(v / (1 - β₂ᵗ)) + ε)          t: the step counter, from 1
 *
 * Kingma & Ba 2015, arXiv:1412.6980, algorithm 1; clipping: Pascanu et al. 2013, arXiv:1211.5063, algorithm 1.
 * TensorFlow.js's own keeps β₁ᵗ as a running product and cannot be saved and restored exactly; this one needs only t.
 */
import { add, div, mul, sqrt, square, sub, type Tensor1D, tidy } from "@tensorflow/tfjs-core";

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Largest norm of a gradient, c. */
  readonly clipNorm: number;
}

/** Weights and moments, [N] each. */
export interface AdamState {
  readonly weights: Tensor1D;
  readonly firstMoment: Tensor1D;
  readonly secondMoment: Tensor1D;
}

/**
 * One step. Reads its arguments and returns new tensors; the caller disposes both.
 *
 * @param gradient [N]
 * @param gradientNorm its norm, measured by the caller.
 * @param step the step counter t, from 1.
 */
export function adamStep(
  state: AdamState,
  gradient: Tensor1D,
  gradientNorm: number,
  step: number,
  learningRate: number,
  { beta1, beta2, epsilon, clipNorm }: AdamOptions,
): AdamState {
  return tidy(() => {
    const clip = Math.min(1, clipNorm / gradientNorm);
    const g = clip < 1 ? mul(gradient, clip) : gradient;
    const firstMoment = add(mul(state.firstMoment, beta1), mul(g, 1 - beta1)) as Tensor1D;
    const secondMoment = add(mul(state.secondMoment, beta2), mul(square(g), 1 - beta2)) as Tensor1D;
    const rate = learningRate / (1 - beta1 ** step);
    const deviation = add(mul(sqrt(secondMoment), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
    const weights = sub(state.weights, div(mul(firstMoment, rate), deviation)) as Tensor1D;
    return { weights, firstMoment, secondMoment } as AdamState & Record<string, Tensor1D>;
  });
}
