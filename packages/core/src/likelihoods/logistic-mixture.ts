/**
 * A mixture of M discretised logistic distributions: every value is a real number of a few humps that was rounded, so that what is
 * learned of one level holds for its neighbours, and the number of levels costs nothing.
 *
 *     P(v) = Σ_i w_i·P_i(v)     P_i(v) = σ(a) − σ(b) = σ(a)·σ(−b)·(1 − e^(b − a))     a, b = (v ± ½ − m_i) / s_i
 *
 * with b = −∞ at the lowest level and a = ∞ at the highest. In the second form nothing cancels, and the sum over all levels is 1. A pixel's
 * channels share the components: those that made its earlier channels likely weigh more, and their means follow the earlier levels,
 *
 *     w_i ∝ π_i·Π_j P_i(v_j)     m_i = μ_i + Σ_j tanh(c_ij)·v_j          j: earlier channels
 *
 * so drawing one channel after another draws from the joint Σ_i π_i·Π_k P_i(v_k). Logits of the channels, M numbers each:
 *
 *     [log π, μ, log s | μ, log s, c | μ, log s, c, c]
 *
 * μ, s and the levels that c weighs are in units in which the levels are −1 … 1; log s counts as at least −7 − ln((K − 1)/255), which is
 * 0.116 levels for any K, and 1 / s as at least {@link LEAST_INVERSE_SCALE}, so that no level is ever impossible. Temperature T divides log π and
 * multiplies s. T = 0 is its limit: the rounded mean of the likeliest component.
 *
 * Salimans et al. 2017, arXiv:1701.05517, sections 2.1 and 2.2. Theirs draws a component, then a number; here it is the inverse of the sum's own
 * cumulative distribution, found by bisection: one uniform number a value, as everywhere. Theirs falls back on a density where P_i is small,
 * which misses a sum of 1.
 */
import { exp, expm1, log, log1p, tanh } from "../arithmetic/float64.ts";
import type { Likelihood, ValueLogits } from "./likelihood.ts";

/** The least normal float64, in 1 / levels: what e^-s would fall to 0 from. */
export const LEAST_INVERSE_SCALE = 2 ** -1022;

const known = new Map<number, Likelihood>();

/** The likelihood of so many components. */
export function logisticMixture(components: number): Likelihood {
  const mixture = known.get(components) ?? define(components);
  known.set(components, mixture);
  return mixture;
}

/** Least log s, in units in which levels are −1 … 1. */
export function leastLogScale(levels: number): number {
  return -7 - log((levels - 1) / 255);
}

/** Where the numbers of picture channel `channel` begin, in blocks of one number a component: 0, 3, 6. */
export function blocksBefore(channel: number): number {
  let blocks = 0;
  for (let c = 0; c < channel; c++) blocks += blocksOf(c);
  return blocks;
}

/** Means and scales; shares of the components in the first; a coefficient for every earlier channel. */
function blocksOf(channel: number): number {
  return channel === 0 ? 3 : 2 + channel;
}

function define(components: number): Likelihood {
  // Of the value at hand, by component.
  const logWeights = new Float64Array(components);
  const weights = new Float64Array(components);
  const means = new Float64Array(components);
  const inverses = new Float64Array(components);
  const settled = [logWeights, means, inverses];

  /** m_i in levels and 1 / s_i in 1 / levels, of a channel at temperature 1. */
  function locate({ logits, offset, levels, earlier }: ValueLogits, channel: number): void {
    const half = (levels - 1) / 2;
    const least = leastLogScale(levels);
    const first = offset + (blocksBefore(channel) + (channel === 0 ? 1 : 0)) * components;
    for (let i = 0; i < components; i++) {
      let mean = logits[first + i]!;
      for (let j = 0; j < channel; j++) {
        mean += tanh(logits[first + (2 + j) * components + i]!) * (earlier[j]! / half - 1);
      }
      means[i] = (mean + 1) * half;
      inverses[i] = exp(-Math.max(logits[first + components + i]!, least)) / half;
    }
  }

  /** The components of a value: log-weights, not normalised, means and inverse scales. @param kept those of the pixel's channel before, and then these. */
  function settle(value: ValueLogits, temperature: number, kept?: Float64Array): void {
    const channel = value.earlier.length;
    const first = kept === undefined ? 0 : channel;
    if (kept !== undefined && channel > 0) {
      for (const [i, numbers] of settled.entries()) {
        numbers.set(kept.subarray(i * components, (i + 1) * components));
      }
      weighBy(value, channel - 1);
    } else for (let i = 0; i < components; i++) logWeights[i] = value.logits[value.offset + i]! / temperature;
    for (let j = first; j <= channel; j++) {
      locate(value, j);
      for (let i = 0; i < components; i++) {
        inverses[i] = Math.max(inverses[i]! / temperature, LEAST_INVERSE_SCALE);
      }
      if (j < channel) weighBy(value, j);
    }
    for (const [i, numbers] of settled.entries()) kept?.set(numbers, i * components);
  }

  /** Components that made the level of an earlier channel likely weigh more; they have just been located for it. */
  function weighBy(value: ValueLogits, channel: number): void {
    for (let i = 0; i < components; i++) {
      logWeights[i]! += logMass(value.earlier[channel]!, value.levels, means[i]!, inverses[i]!);
    }
  }

  /** From log-weights to weights, of sum 1. */
  function normalise(): void {
    const most = highest(logWeights);
    let total = 0;
    for (let i = 0; i < components; i++) total += weights[i] = exp(logWeights[i]! - most);
    for (let i = 0; i < components; i++) weights[i]! /= total;
  }

  /** P(a level of at most `level`), below the highest. */
  function below(level: number): number {
    let sum = 0;
    for (let i = 0; i < components; i++) {
      sum += weights[i]! / (1 + exp((means[i]! - level - 0.5) * inverses[i]!));
    }
    return sum;
  }

  /** The component that is all the weight when T falls to 0: log π less how many scales its earlier means miss the levels by. */
  function likeliest(value: ValueLogits): number {
    const channel = value.earlier.length;
    for (let i = 0; i < components; i++) logWeights[i] = value.logits[value.offset + i]!;
    for (let j = 0; j <= channel; j++) {
      locate(value, j);
      if (j === channel) break;
      for (let i = 0; i < components; i++) {
        logWeights[i]! -= distance(value.earlier[j]!, value.levels, means[i]!) * inverses[i]!;
      }
    }
    return logWeights.indexOf(highest(logWeights));
  }

  return {
    kind: "mixture",
    tiesChannels: true,
    keptOfPixel: 3 * components,
    logitsOfChannel: (_, channel) => blocksOf(channel) * components,
    initialWeights: () => null,
    initialBiases(_, channel) {
      // Humps of width 1/M side by side are as good as even: no level is known to be likelier than another.
      const mean = Array.from({ length: components }, (_, i) => (2 * i + 1) / components - 1);
      const zeros = new Array<number>(components).fill(0);
      const logScale = new Array<number>(components).fill(-log(components));
      const coefficients = Array.from({ length: channel }, () => zeros).flat();
      return Float32Array.from([...(channel === 0 ? zeros : []), ...mean, ...logScale, ...coefficients]);
    },
    logProbability(value, level) {
      settle(value, 1);
      const total = logSum(logWeights);
      for (let i = 0; i < components; i++) {
        logWeights[i]! += logMass(level, value.levels, means[i]!, inverses[i]!);
      }
      return logSum(logWeights) - total;
    },
    cdf(value, kept) {
      const last = value.levels - 1;
      settle(value, 1, kept);
      normalise();
      return (level) => (level < 0 ? 0 : level < last ? below(level) : 1);
    },
    draw(value, temperature, u) {
      const last = value.levels - 1;
      if (temperature === 0) {
        const mean = means[likeliest(value)]!;
        return Math.min(last, Math.max(0, Math.floor(mean + 0.5)));
      }
      settle(value, temperature);
      normalise();
      let [low, high] = [0, last];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (below(middle) > u) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** log P_i(v) of one component. */
function logMass(level: number, levels: number, mean: number, inverse: number): number {
  const centred = (level - mean) * inverse;
  const lower = level === levels - 1 ? 0 : softplus(-centred - inverse / 2);
  const upper = level === 0 ? 0 : softplus(centred - inverse / 2);
  const isInner = level > 0 && level < levels - 1;
  return (isInner ? log(-expm1(-inverse)) : 0) - lower - upper;
}

/** From a mean to the nearest number that is rounded to the level. */
function distance(level: number, levels: number, mean: number): number {
  const missesBelow = level === 0 ? 0 : level - 0.5 - mean;
  const missesAbove = level === levels - 1 ? 0 : mean - level - 0.5;
  return Math.max(0, missesBelow, missesAbove);
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
}

function highest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** log Σ e^x */
function logSum(values: Float64Array): number {
  const most = highest(values);
  let sum = 0;
  for (const value of values) sum += exp(value - most);
  return most + log(sum);
}
