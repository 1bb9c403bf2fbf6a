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
import { drawMixtures, type MixtureValues, mixtureLogProbabilities } from "./mixture-on-device.ts";

/** N values of one picture channel. */
export interface DeviceValues {
  /** What the value reads: [N, K], or [N, 1] for two levels; of a mixture, of all channels so far. */
  readonly logits: Tensor2D;
  /** Levels of the pixel's earlier channels, [N, 1] each; those whose likelihood ties no channels ask for none. */
  readonly earlier: readonly Tensor2D[];
}

/**
 * @param noise [N, 1], uniform in [0, 1).
 * @returns levels, [N, 1] float32; -1 where logits are not finite. The caller disposes.
 */
export function drawLevels(
  network: Modelled,
  values: DeviceValues,
  noise: Tensor2D,
  temperature: number,
): Tensor2D {
  const { draw } = onDevice[likelihoodOf(network).kind];
  return tidy(() => {
    const drawn = draw(values, noise, network, temperature);
    return where(all<Tensor2D>(areFinite(values.logits), 1, true), drawn, -1);
  });
}

/**
 * @param chosen levels, [N, 1] float32.
 * @returns log-probabilities at temperature 1 in nats, [N, 1]; not finite where the logits are not. The caller disposes.
 */
export function levelLogProbabilities(network: Modelled, values: DeviceValues, chosen: Tensor2D): Tensor2D {
  const { logProbability } = onDevice[likelihoodOf(network).kind];
  return tidy(() => logProbability(values, chosen, network));
}

/** Draw and log-probability of many values, of each likelihood: [N, logits per channel] → [N, 1]. */
interface OnDevice {
  /** Any level where logits are not finite. */
  draw(values: DeviceValues, noise: Tensor2D, network: Modelled, temperature: number): Tensor2D;
  logProbability(values: DeviceValues, chosen: Tensor2D, network: Modelled): Tensor2D;
}

const onDevice: Readonly<Record<LikelihoodKind, OnDevice>> = {
  bernoulli: {
    draw({ logits }, noise, _, temperature) {
      if (temperature === 0) return cast(greater<Tensor2D>(logits, 0), "float32");
      return cast(greaterEqual<Tensor2D>(noise, sigmoid(neg(div(logits, temperature)))), "float32");
    },
    // log p₁ = -softplus(-l), log p₀ = -softplus(l)
    logProbability: ({ logits }, chosen) => neg(softplus(mul(logits, sub(1, mul(chosen, 2))))) as Tensor2D,
  },
  categorical: {
    draw({ logits }, noise, { picture: { levels } }, temperature) {
      if (temperature === 0) return cast(expandDims(argMax(logits, 1), 1), "float32") as Tensor2D;
      const weights = exp(div(sub(logits, max(logits, 1, true)), temperature));
      const running = cumsum(weights, 1); // [N, K]
      const total = slice(running, [0, levels - 1], [-1, 1]);
      const count = (which: Tensor) => sum(cast(which, "float32"), 1, true);
      return minimum(count(lessEqual(running, mul(noise, total))), count(less(running, total))) as Tensor2D;
    },
    logProbability({ logits }, chosen, { picture: { levels } }) {
      const own = sum<Tensor2D>(
        mul(logits, oneHot(cast(squeeze<Tensor1D>(chosen, [1]), "int32"), levels)),
        1,
        true,
      );
      return sub<Tensor2D>(own, logSumExp(logits, 1, true));
    },
  },
  mixture: {
    draw: (values, noise, network, temperature) => drawMixtures(mixed(values, network), noise, temperature),
    logProbability: (values, chosen, network) => mixtureLogProbabilities(mixed(values, network), chosen),
  },
};

function mixed(values: DeviceValues, { picture, likelihood }: Modelled): MixtureValues {
  if (likelihood?.kind !== "mixture") throw new Error(`expected a mixture, got ${likelihood?.kind}`);
  return { ...values, components: likelihood.components, levels: picture.levels };
}
