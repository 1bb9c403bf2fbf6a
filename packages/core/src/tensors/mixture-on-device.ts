/**
 * The draw and the log-probability of mixtures (likelihoods/logistic-mixture.ts) as tensor operations: many values of one picture channel,
 * every step of the bisection for all of them together.
 */
import {
  add,
  argMax,
  clipByValue,
  div,
  equal,
  exp,
  expm1,
  floor,
  greater,
  less,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  logSumExp,
  maximum,
  mul,
  neg,
  oneHot,
  sigmoid,
  slice,
  softmax,
  softplus,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
  where,
} from "@tensorflow/tfjs-core";
import { blocksBefore, leastLogScale } from "../likelihoods/logistic-mixture.ts";

/** N values of one picture channel. */
export interface MixtureValues {
  /** Of all channels up to the value's own, [N, numbers·M]. */
  readonly logits: Tensor2D;
  /** Levels of the earlier channels, [N, 1] each. */
  readonly earlier: readonly Tensor2D[];
  /** M */
  readonly components: number;
  /** K */
  readonly levels: number;
}

/** A channel's components, [N, M]. */
interface Located {
  /** In levels. */
  readonly means: Tensor;
  /** 1 / s at temperature 1, in 1 / levels. */
  readonly inverses: Tensor;
}

/** @param noise [N, 1] @returns levels, [N, 1] float32 */
export function drawMixtures(values: MixtureValues, noise: Tensor2D, temperature: number): Tensor2D {
  const { levels, components, earlier } = values;
  const last = levels - 1;
  const { means, inverses } = locate(values, earlier.length);
  if (temperature === 0) {
    const missed = earlier.map((level, j) => {
      const { means, inverses } = locate(values, j);
      return mul(distance(level, last, means), inverses);
    });
    const weights = missed.reduce<Tensor>((left, more) => sub(left, more), block(values, 0));
    const likeliest = oneHot(argMax(weights, 1) as Tensor1D, components);
    const mean = sum(mul(means, likeliest), 1, true);
    return clipByValue(floor(add(mean, 0.5)), 0, last) as Tensor2D;
  }
  const weights = softmax(weigh(values, temperature));
  const sharpness = div(inverses, temperature);
  // Before the first step every level may be it.
  let low: Tensor = mul(noise, 0);
  let high: Tensor = add(low, last);
  for (let step = 0; step < Math.ceil(Math.log2(levels)); step++) {
    const middle = floor(div(add(low, high), 2));
    const below = sum(mul(weights, sigmoid(mul(sub(add(middle, 0.5), means), sharpness))), 1, true);
    const isOpen = less(low, high);
    const isAbove = greater(below, noise);
    high = where(logicalAnd(isOpen, isAbove), middle, high);
    low = where(logicalAnd(isOpen, logicalNot(isAbove)), add(middle, 1), low);
  }
  return low as Tensor2D;
}

/** @param chosen levels, [N, 1] @returns nats, [N, 1] */
export function mixtureLogProbabilities(values: MixtureValues, chosen: Tensor2D): Tensor2D {
  const weights = weigh(values, 1);
  const own = logMass(chosen, values.levels - 1, locate(values, values.earlier.length));
  return sub(logSumExp(add(weights, own), 1, true), logSumExp(weights, 1, true)) as Tensor2D;
}

/** Log-weights given the earlier channels, not normalised. [N, M] */
function weigh(values: MixtureValues, temperature: number): Tensor {
  return values.earlier.reduce<Tensor>(
    (weights, level, j) => {
      const { means, inverses } = locate(values, j);
      return add(weights, logMass(level, values.levels - 1, { means, inverses: div(inverses, temperature) }));
    },
    div(block(values, 0), temperature),
  );
}

function locate(values: MixtureValues, channel: number): Located {
  const { earlier, levels } = values;
  const half = (levels - 1) / 2;
  const first = blocksBefore(channel) + (channel === 0 ? 1 : 0);
  let mean: Tensor = block(values, first);
  for (let j = 0; j < channel; j++) {
    mean = add(mean, mul(tanh(block(values, first + 2 + j)), sub(div(earlier[j]!, half), 1)));
  }
  const logScale = maximum(block(values, first + 1), leastLogScale(levels));
  return { means: mul(add(mean, 1), half), inverses: div(exp(neg(logScale)), half) };
}

/** One number a component. [N, M] */
function block({ logits, components }: MixtureValues, index: number): Tensor {
  return slice(logits, [0, index * components], [-1, components]);
}

/** log P_i(v). [N, M] */
function logMass(level: Tensor, last: number, { means, inverses }: Located): Tensor {
  const centred = mul(sub(level, means), inverses);
  const half = div(inverses, 2);
  const isLowest = equal(level, 0);
  const isHighest = equal(level, last);
  const lower = where(isHighest, 0, softplus(sub(neg(centred), half)));
  const upper = where(isLowest, 0, softplus(sub(centred, half)));
  const inner = where(logicalOr(isLowest, isHighest), 0, log(neg(expm1(neg(inverses)))));
  return sub(sub(inner, lower), upper);
}

/** From means to the nearest number that is rounded to the level. [N, M] */
function distance(level: Tensor, last: number, means: Tensor): Tensor {
  const below = where(equal(level, 0), 0, sub(sub(level, 0.5), means));
  const above = where(equal(level, last), 0, sub(sub(means, level), 0.5));
  return maximum(0, maximum(below, above));
}
