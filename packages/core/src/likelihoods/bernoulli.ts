/**
 * Two levels, one logit, l = log p₁/p₀:
 *
 *     log p₁ = -log(1 + e^-l)     log p₀ = -log(1 + e^l)     level 1 iff u ≥ p₀
 *
 * van den Oord et al. 2016, arXiv:1601.06759, section 5.5 (binarised MNIST).
 */
import { exp, log1p } from "../arithmetic/float64.ts";
import type { Likelihood } from "./likelihood.ts";

export const bernoulli: Likelihood = {
  kind: "bernoulli",
  tiesChannels: false,
  keptOfPixel: 0,
  logitsOfChannel: () => 1,
  initialWeights: () => null,
  initialBiases: () => null,
  logProbability: ({ logits, offset }, level) => -softplus(level === 1 ? -logits[offset]! : logits[offset]!),
  cdf({ logits, offset }) {
    const zero = probabilityOfZero(logits[offset]!);
    return (level) => (level < 0 ? 0 : level < 1 ? zero : 1);
  },
  draw({ logits, offset }, temperature, u) {
    const logit = logits[offset]!;
    if (temperature === 0) return logit > 0 ? 1 : 0;
    return u >= probabilityOfZero(logit / temperature) ? 1 : 0;
  },
};

function probabilityOfZero(logit: number): number {
  return 1 / (1 + exp(logit));
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
}
