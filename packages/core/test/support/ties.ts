/**
 * Are two samplers' pictures the same, but for ties? Readers add floats in different orders, so a draw may fall on either
 * side of a boundary of its distribution, and everything after it differs. That is the only excuse:
 *
 *     |u - F_k| ≤ 1e-5 · max(1, 1/T)   for some k < K - 1      F in float64 from the tensor sampler's logits
 *     T = 0:  the two best logits within 1e-4
 *
 * and of a mixture, where a logit moves F by more than its own rounding,
 *
 *     |u − F_v| ≤ 1e-5 · max(1, 1/T, Σ|∂F_v/∂θ|)   for every v between the two levels      θ: the logits
 *     T = 0:  a mean as near to where it is rounded the other way
 */

import { expect } from "vitest";
import { logitsPerPosition, logitsRead } from "../../src/likelihoods/likelihoods.ts";
import type { Model } from "../../src/network/model.ts";
import { dimensions, type LevelArray } from "../../src/picture.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { tensorLogits } from "./logits.ts";
import { component, type MixturePixel, mixtureCdf } from "./mixture-reference.ts";

export interface TieOptions {
  readonly seed: number;
  readonly temperature: number;
  /** One a picture; null for a network without classes. */
  readonly labels: readonly number[] | null;
  readonly firstIndex?: number;
}

export interface TieCount {
  /** Pictures that differ, each one at a tie. */
  readonly ties: number;
  /** Draws that both samplers made from the same past: all up to and including the first difference of each picture. */
  readonly draws: number;
}

/**
 * Compares two sets of pictures, [count, H, W, C], drawn with the same options.
 *
 * @throws {Error} when a first difference is not a tie.
 */
export async function countTies(
  model: Model,
  first: LevelArray,
  second: LevelArray,
  options: TieOptions,
): Promise<TieCount> {
  const { seed, temperature, labels, firstIndex = 0 } = options;
  const size = dimensions(model.network.picture);
  if (first.length !== second.length)
    throw new Error(`expected as many values, got ${first.length}, ${second.length}`);
  let ties = 0;
  let draws = 0;
  for (let b = 0; b < first.length / size; b++) {
    const one = first.slice(b * size, (b + 1) * size);
    const element = one.findIndex((level, i) => level !== second[b * size + i]);
    draws += element < 0 ? size : element + 1;
    if (element < 0) continue;
    const past = one.map((level, i) => (i < element ? level : 0));
    const logits = await logitsOf(model, past, element, labels === null ? null : [labels[b]!]);
    const u = uniform(seed, firstIndex + b, element, Purpose.sample, 0, 0);
    const { likelihood } = model.network;
    const isExcused =
      likelihood?.kind === "mixture"
        ? isMixtureTie(
            {
              logits,
              components: likelihood.components,
              levels: model.network.picture.levels,
              earlier: one.slice(element - (element % model.network.picture.channels), element),
            },
            [one[element]!, second[b * size + element]!],
            temperature,
            u,
          )
        : isTie(logits, temperature, u);
    if (!isExcused) {
      throw new Error(
        `picture ${firstIndex + b}, value ${element}: ${one[element]} and ${second[b * size + element]} are no tie, ` +
          `u = ${u}, temperature ${temperature}, logits ${logits.slice(0, 8)}`,
      );
    }
    ties++;
  }
  return { ties, draws };
}

/** At most one draw in 10,000 may be a tie, and one where there are fewer draws: chance can always strike once. */
export function expectFewTies(counts: readonly TieCount[]): void {
  const ties = counts.reduce((sum, count) => sum + count.ties, 0);
  const draws = counts.reduce((sum, count) => sum + count.draws, 0);
  expect(ties).toBeLessThanOrEqual(Math.ceil(draws / 10_000));
}

/** The logits that one value reads; two levels as [0, l]. */
async function logitsOf(model: Model, levels: LevelArray, element: number, labels: readonly number[] | null) {
  const { channels } = model.network.picture;
  const [start, end] = logitsRead(model.network)[element % channels]!;
  const at = Math.floor(element / channels) * logitsPerPosition(model.network);
  const all = await tensorLogits(model, levels, 1, labels);
  const own = [...all.slice(at + start, at + end)];
  return own.length === 1 ? [0, ...own] : own;
}

function isTie(logits: readonly number[], temperature: number, u: number): boolean {
  if (temperature === 0) {
    const [best, next] = [...logits].sort((a, b) => b - a) as [number, number];
    return best - next <= 1e-4;
  }
  const most = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tolerance = 1e-5 * Math.max(1, 1 / temperature);
  let running = 0;
  return weights.slice(0, -1).some((weight) => {
    running += weight;
    return Math.abs(u - running / total) <= tolerance;
  });
}

function isMixtureTie(
  pixel: MixturePixel,
  drawn: readonly [number, number],
  temperature: number,
  u: number,
): boolean {
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  const between = Array.from({ length: high - low }, (_, i) => low + i);
  if (temperature === 0) {
    // Two components may be as likely; else a mean is rounded either way, or a cap is met.
    const shares = [...Array(pixel.components).keys()].map((i) => pixel.logits[i]!).sort((a, b) => b - a);
    if (shares.length > 1 && shares[0]! - shares[1]! <= 1e-4) return true;
    const half = (pixel.levels - 1) / 2;
    return [...Array(pixel.components).keys()].some((i) => {
      const { mean } = component(pixel, i, pixel.earlier.length, 1);
      return between.every((level) => Math.abs(mean - level - 0.5) <= 1e-5 * Math.max(1, 3 * half));
    });
  }
  return between.every((level) => {
    const steepness = Array.from(pixel.logits, (_, n) => {
      const [above, below] = [1e-6, -1e-6].map((step) => {
        const logits = Float64Array.from(pixel.logits);
        logits[n]! += step;
        return mixtureCdf({ ...pixel, logits }, level, temperature);
      }) as [number, number];
      return Math.abs(above - below) / 2e-6;
    }).reduce((sum, slope) => sum + slope, 0);
    const tolerance = 1e-5 * Math.max(1, 1 / temperature, steepness);
    return Math.abs(u - mixtureCdf(pixel, level, temperature)) <= tolerance;
  });
}
