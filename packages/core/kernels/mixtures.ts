// Draws levels from mixtures of discretised logistics, by bisection of their cumulative distribution: the levels that
// src/likelihoods/logistic-mixture.ts draws at a temperature above 0, in every kernel variant. What a value's components are is worked out
// step for step as there, in float64, two pictures a vector. Whether a cumulative probability is above u is then asked in float32, four
// pictures a vector, and where the answer is within {@link MARGIN} of u once more in float64: so every answer is that of float64.
//
// A pair's words, float64 each, which the caller fills in:
//
//      0 u     2 earlier level 0     4 earlier level 1     6 level, the answer: -1 where a logit is not finite
//
// each of both pictures. Scratch, of two pairs after each other: log-weights and then weights, means, inverse scales, [components, 2] of
// float64 each; then both pairs' weights, [components, 4] of float32.

import { exponential } from "./activations";
import { exp, expm1, log, log1p, tanh } from "./float64";

/** Bytes of a pair's words. */
// @ts-ignore: decorator
@inline
const PAIR: usize = 64;

/** Far more than float32 misses a cumulative probability by: 256 terms of at most 1, and their rounding. */
// @ts-ignore: decorator
@inline
const MARGIN: f32 = 1e-4;

/** LEAST_INVERSE_SCALE of the likelihood. */
// @ts-ignore: decorator
@inline
const LEAST: f64 = 2.2250738585072014e-308;

/** Numbers of a component that a value of `channel` reads. */
// @ts-ignore: decorator
@inline
function blocksUpTo(channel: i32): i32 {
  return channel == 0 ? 3 : channel == 1 ? 6 : 10;
}

/** Where a channel's means stand, in blocks of a number a component. */
// @ts-ignore: decorator
@inline
function firstBlock(channel: i32): i32 {
  return channel == 0 ? 1 : 3 * channel;
}

/** Of a pair of pictures, the same logit. */
// @ts-ignore: decorator
@inline
function both(first: usize, second: usize, offset: usize): v128 {
  const value = f64x2.splat(<f64>load<f32>(first + offset));
  return f64x2.replace_lane(value, 1, <f64>load<f32>(second + offset));
}

/**
 * Blocks of two pairs of pictures, whose logits begin at `from`, `blockBytes` a block; `apart` bytes from a pair's first picture to its
 * second, `pairApart` from pair to pair (0 for one pair alone, which is then drawn as both), `stride` from a logit to the next.
 */
export function drawMixtures(
  from: usize,
  blockBytes: usize,
  blocks: i32,
  apart: usize,
  pairApart: usize,
  stride: usize,
  components: i32,
  channel: i32,
  last: i32,
  leastLogScale: f64,
  temperature: f64,
  words: usize,
  scratch: usize,
): void {
  const highest = f64x2.splat(<f64>last);
  const T = f64x2.splat(temperature);
  const other = scratch + <usize>components * 48;
  const otherWords = words + (pairApart == 0 ? 0 : PAIR);
  const step = 2 * PAIR;
  for (let block = 0; block < blocks; block++) {
    const at = <usize>block * step;
    const first = from + <usize>block * blockBytes;
    const second = first + pairApart;
    const a = settle(first, first + apart, stride, components, channel, highest, leastLogScale, T, words + at, scratch);
    const b =
      pairApart == 0
        ? settle(first, first + apart, stride, components, channel, highest, leastLogScale, T, words + at, other)
        : settle(second, second + apart, stride, components, channel, highest, leastLogScale, T, otherWords + at, other);
    bisect(components, highest, words + at, otherWords + at, scratch);
    // Levels of pictures whose logits are not all finite are none.
    v128.store(words + at, v128.bitselect(v128.load(words + at, 48), f64x2.splat(-1), a), 48);
    if (pairApart != 0) {
      v128.store(otherWords + at, v128.bitselect(v128.load(otherWords + at, 48), f64x2.splat(-1), b), 48);
    }
  }
}

/** A pair's components: weights of sum 1, means, inverse scales. Tells whose logits are finite, by a mask. */
function settle(
  first: usize,
  second: usize,
  stride: usize,
  components: i32,
  channel: i32,
  last: v128,
  leastLogScale: f64,
  T: v128,
  words: usize,
  scratch: usize,
): v128 {
  const vectors = <usize>components * 16;
  const block = <usize>components * stride;
  const weights = scratch;
  const means = weights + vectors;
  const inverses = means + vectors;
  let strange = f64x2.splat(0);
  const end = <usize>blocksUpTo(channel) * block;
  for (let at: usize = 0; at < end; at += stride) {
    strange = f64x2.add(strange, f64x2.mul(both(first, second, at), f64x2.splat(0)));
  }

  let at: usize = 0;
  for (let i: usize = 0; i < vectors; i += 16) {
    v128.store(weights + i, f64x2.div(both(first, second, at), T));
    at += stride;
  }
  for (let j = 0; j <= channel; j++) {
    locate(first, second, stride, components, j, last, leastLogScale, T, words, means, inverses);
    if (j == channel) break;
    const level = v128.load(words + 16 + 16 * <usize>j);
    for (let i: usize = 0; i < vectors; i += 16) {
      const mass = logMass(level, last, v128.load(means + i), v128.load(inverses + i));
      v128.store(weights + i, f64x2.add(v128.load(weights + i), mass));
    }
  }

  let most = f64x2.splat(-Infinity);
  for (let i: usize = 0; i < vectors; i += 16) most = f64x2.max(most, v128.load(weights + i));
  let total = f64x2.splat(0);
  for (let i: usize = 0; i < vectors; i += 16) {
    const weight = exp(f64x2.sub(v128.load(weights + i), most));
    v128.store(weights + i, weight);
    total = f64x2.add(total, weight);
  }
  for (let i: usize = 0; i < vectors; i += 16) {
    v128.store(weights + i, f64x2.div(v128.load(weights + i), total));
  }
  return f64x2.eq(strange, strange);
}

/** Writes to the words of both pairs the first level of which the cumulative probability is above u. */
function bisect(components: i32, last: v128, firstWords: usize, secondWords: usize, scratch: usize): void {
  const vectors = <usize>components * 16;
  const first = scratch;
  const second = first + 3 * vectors;
  const weights = second + 3 * vectors;
  for (let i: usize = 0; i < vectors; i += 16) {
    const weight = joined(v128.load(first + i), v128.load(second + i));
    // Nothing that matters, and no denormals, which are slow.
    v128.store(weights + i, v128.and(weight, f32x4.gt(weight, f32x4.splat(1e-20))));
  }
  const u0 = v128.load(firstWords);
  const u1 = v128.load(secondWords);
  const u = joined(u0, u1); // 24 bits: exact
  const one = f32x4.splat(1);
  const half = f64x2.splat(0.5);
  let low0 = f64x2.splat(0);
  let low1 = low0;
  let high0 = last;
  let high1 = last;
  let open0 = f64x2.lt(low0, high0);
  let open1 = open0;
  while (v128.any_true(v128.or(open0, open1))) {
    const middle0 = f64x2.floor(f64x2.mul(f64x2.add(low0, high0), half));
    const middle1 = f64x2.floor(f64x2.mul(f64x2.add(low1, high1), half));
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < vectors; i += 16) {
      const x = joined(against(first + vectors + i, vectors, middle0), against(second + vectors + i, vectors, middle1));
      const e = exponential(f32x4.pmax(f32x4.pmin(x, f32x4.splat(30)), f32x4.splat(-30)));
      sum = f32x4.add(sum, f32x4.div(v128.load(weights + i), f32x4.add(one, e)));
    }
    const distance = f32x4.sub(sum, u);
    const isOpen = v128.shuffle<i32>(open0, open1, 0, 2, 4, 6);
    const isNear = v128.andnot(isOpen, f32x4.gt(f32x4.abs(distance), f32x4.splat(MARGIN)));
    let above0: v128;
    let above1: v128;
    if (v128.any_true(isNear)) {
      above0 = f64x2.gt(below(first, vectors, middle0), u0);
      above1 = f64x2.gt(below(second, vectors, middle1), u1);
    } else {
      const isAbove = f32x4.gt(distance, f32x4.splat(0));
      above0 = v128.shuffle<i32>(isAbove, isAbove, 0, 0, 1, 1);
      above1 = v128.shuffle<i32>(isAbove, isAbove, 2, 2, 3, 3);
    }
    const next = f64x2.splat(1);
    high0 = v128.bitselect(middle0, high0, v128.and(open0, above0));
    high1 = v128.bitselect(middle1, high1, v128.and(open1, above1));
    low0 = v128.bitselect(f64x2.add(middle0, next), low0, v128.andnot(open0, above0));
    low1 = v128.bitselect(f64x2.add(middle1, next), low1, v128.andnot(open1, above1));
    open0 = f64x2.lt(low0, high0);
    open1 = f64x2.lt(low1, high1);
  }
  v128.store(firstWords, low0, 48);
  v128.store(secondWords, low1, 48);
}

/** Two pairs in float32. */
// @ts-ignore: decorator
@inline
function joined(first: v128, second: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 1, 4, 5);
}

/** (m - level - 1/2) / s of the component whose mean stands at `mean` and whose inverse scale `vectors` behind it. */
// @ts-ignore: decorator
@inline
function against(mean: usize, vectors: usize, level: v128): v128 {
  const missed = f64x2.sub(f64x2.sub(v128.load(mean), level), f64x2.splat(0.5));
  return f64x2.mul(missed, v128.load(mean + vectors));
}

/** P(a level of at most `level`) of a pair, below the highest. */
function below(weights: usize, vectors: usize, level: v128): v128 {
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < vectors; i += 16) {
    const e = exp(against(weights + vectors + i, vectors, level));
    sum = f64x2.add(sum, f64x2.div(v128.load(weights + i), f64x2.add(f64x2.splat(1), e)));
  }
  return sum;
}

/** Means in levels and inverse scales at T in 1 / levels, of one channel. */
function locate(
  first: usize,
  second: usize,
  stride: usize,
  components: i32,
  channel: i32,
  last: v128,
  leastLogScale: f64,
  T: v128,
  words: usize,
  means: usize,
  inverses: usize,
): void {
  const one = f64x2.splat(1);
  const half = f64x2.div(last, f64x2.splat(2));
  const block = <usize>components * stride;
  let at = <usize>firstBlock(channel) * block;
  for (let i: usize = 0; i < <usize>components * 16; i += 16) {
    let mean = both(first, second, at);
    for (let j = 0; j < channel; j++) {
      const level = v128.load(words + 16 + 16 * <usize>j);
      const coefficient = tanh(both(first, second, at + <usize>(2 + j) * block));
      mean = f64x2.add(mean, f64x2.mul(coefficient, f64x2.sub(f64x2.div(level, half), one)));
    }
    v128.store(means + i, f64x2.mul(f64x2.add(mean, one), half));
    const logScale = f64x2.max(both(first, second, at + block), f64x2.splat(leastLogScale));
    const inverse = f64x2.div(f64x2.div(exp(f64x2.neg(logScale)), half), T);
    v128.store(inverses + i, f64x2.max(inverse, f64x2.splat(LEAST)));
    at += stride;
  }
}

/** log P_i(v) of one component. */
function logMass(level: v128, last: v128, mean: v128, inverse: v128): v128 {
  const zero = f64x2.splat(0);
  const centred = f64x2.mul(f64x2.sub(level, mean), inverse);
  const width = f64x2.div(inverse, f64x2.splat(2));
  const isLowest = f64x2.eq(level, zero);
  const isHighest = f64x2.eq(level, last);
  const lower = v128.andnot(softplus(f64x2.sub(f64x2.neg(centred), width)), isHighest);
  const upper = v128.andnot(softplus(f64x2.sub(centred, width)), isLowest);
  const inner = v128.andnot(log(f64x2.neg(expm1(f64x2.neg(inverse)))), v128.or(isLowest, isHighest));
  return f64x2.sub(f64x2.sub(inner, lower), upper);
}

/** log(1 + e^x) without overflow. */
// @ts-ignore: decorator
@inline
function softplus(x: v128): v128 {
  return f64x2.add(f64x2.max(x, f64x2.splat(0)), log1p(exp(f64x2.neg(f64x2.abs(x)))));
}
