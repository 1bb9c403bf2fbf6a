/**
 * The draw (likelihoods/) and the log-probability of a value as tensor operations, for backends from which reading a tensor takes
 * longer than computing it. Of a categorical with weights w_k = exp((l_k - max l)/T), their running sums c_k and S = c_{K-1},
 *
 *     level = min(#{k : c_k ≤ u·S}, #{k : c_k < S})
 *
 * is the first level whose sum passes u·S, or where rounding leaves none, the first that reaches S.
 */
import {
  all,
  isFinite as areFinite,
  argMax,
  cast,
  cumsum,
  div,
  exp,
  expandDims,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logSumExp,
  max,
  minimum,
  mul,
  neg,
  oneHot,
  sigmoid,
  slice,
  softplus,
  squeeze,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
} from "@tensorflow/tfjs-core";
import type { LikelihoodKind } from "../likelihoods/likelihood.ts";
import { likelihoodOf, type Modelled } from "../likelihoods/likelihoods.ts";
import { readsWait } from "./device-request.ts";

/** Do the current backend's samplers draw on its device? Reads wait there, and the likelihood can be computed there. */
export function drawsOnDevice(network: Modelled): boolean {
  return readsWait() && onDevice[likelihoodOf(network).kind] !== null;
}

/**
 * @param logits [N, K], or [N, 1] for two levels.
 * @param noise [N, 1], uniform in [0, 1).
 * @returns levels, [N, 1] float32; -1 where logits are not finite. The caller disposes.
 */
export function drawLevels(
  network: Modelled,
  logits: Tensor2D,
  noise: Tensor2D,
  temperature: number,
): Tensor2D {
  const { draw } = onDevice[likelihoodOf(network).kind]!;
  return tidy(() => {
    const drawn = draw(logits, noise, network.picture.levels, temperature);
    return where(all<Tensor2D>(areFinite(logits), 1, true), drawn, -1);
  });
}

/**
 * @param chosen levels, [N, 1] float32.
 * @returns log-probabilities at temperature 1 in nats, [N, 1]; not finite where the logits are not. The caller disposes.
 */
export function levelLogProbabilities(network: Modelled, logits: Tensor2D, chosen: Tensor2D): Tensor2D {
  const { logProbability } = onDevice[likelihoodOf(network).kind]!;
  return tidy(() => logProbability(logits, chosen, network.picture.levels));
}

/** Draw and log-probability of many values, of each likelihood: [N, logits per channel] → [N, 1]. */
interface OnDevice {
  /** Any level where logits are not finite. */
  draw(logits: Tensor2D, noise: Tensor2D, levels: number, temperature: number): Tensor2D;
  logProbability(logits: Tensor2D, chosen: Tensor2D, levels: number): Tensor2D;
}

const onDevice: Readonly<Record<LikelihoodKind, OnDevice | null>> = {
  bernoulli: {
    draw(logits, noise, _, temperature) {
      if (temperature === 0) return cast(greater<Tensor2D>(logits, 0), "float32");
      return cast(greaterEqual<Tensor2D>(noise, sigmoid(neg(div(logits, temperature)))), "float32");
    },
    // log p₁ = -softplus(-l), log p₀ = -softplus(l)
    logProbability: (logits, chosen) => neg(softplus(mul(logits, sub(1, mul(chosen, 2))))) as Tensor2D,
  },
  categorical: {
    draw(logits, noise, levels, temperature) {
      if (temperature === 0) return cast(expandDims(argMax(logits, 1), 1), "float32") as Tensor2D;
      const weights = exp(div(sub(logits, max(logits, 1, true)), temperature));
      const running = cumsum(weights, 1); // [N, K]
      const total = slice(running, [0, levels - 1], [-1, 1]);
      const count = (which: Tensor) => sum(cast(which, "float32"), 1, true);
      return minimum(count(lessEqual(running, mul(noise, total))), count(less(running, total))) as Tensor2D;
    },
    logProbability(logits, chosen, levels) {
      const own = sum<Tensor2D>(
        mul(logits, oneHot(cast(squeeze<Tensor1D>(chosen, [1]), "int32"), levels)),
        1,
        true,
      );
      return sub<Tensor2D>(own, logSumExp(logits, 1, true));
    },
  },
  // Drawn by the value itself: a read a value, and nothing drawn there that no test compares.
  mixture: null,
};
