// relu, elu and the gates, four lanes at once. Absolute errors stay below 5·10^-7.
//
//     e^x = 2^n · e^r     (range-reduction.ts)     e^r by its Taylor polynomial of degree 6

import { reduced, ROUND, roundedQuotient } from "./range-reduction";
import { madd } from "./vector";

/** e^x for -87 <= x <= 87. */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const shifted = roundedQuotient(x);
  const r = reduced(x, f32x4.sub(shifted, f32x4.splat(ROUND)));
  let p = madd(f32x4.splat(1.0 / 720.0), r, f32x4.splat(1.0 / 120.0));
  p = madd(p, r, f32x4.splat(1.0 / 24.0));
  p = madd(p, r, f32x4.splat(1.0 / 6.0));
  p = madd(p, r, f32x4.splat(0.5));
  p = madd(p, r, f32x4.splat(1.0));
  p = madd(p, r, f32x4.splat(1.0));
  // Times 2^n: n goes into the exponent. The shift drops ROUND's own bits.
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** x between -limit and limit; NaN stays NaN (pmin and pmax hand their first operand through). */
// @ts-ignore: decorator
@inline
function clamp(x: v128, limit: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(limit)), f32x4.splat(-limit));
}

/** tanh(a)·σ(b) = (1 - e^-2a) / ((1 + e^-2a)·(1 + e^-b)); beyond the limits both factors are 1 or 0 to 10^-13. */
// @ts-ignore: decorator
@inline
export function gate4(a: v128, b: v128): v128 {
  const one = f32x4.splat(1);
  const p = exponential(f32x4.mul(clamp(a, 15), f32x4.splat(-2)));
  const q = exponential(f32x4.neg(clamp(b, 30)));
  return f32x4.div(f32x4.sub(one, p), f32x4.mul(f32x4.add(one, p), f32x4.add(one, q)));
}

/** a·σ(b) = a / (1 + e^-b); beyond the limit σ is 1 or 0 to 10^-13. */
// @ts-ignore: decorator
@inline
export function glu4(a: v128, b: v128): v128 {
  return f32x4.div(a, f32x4.add(f32x4.splat(1), exponential(f32x4.neg(clamp(b, 30)))));
}

/** x for x > 0, else e^x - 1. */
// @ts-ignore: decorator
@inline
export function elu4(x: v128): v128 {
  const zero = f32x4.splat(0);
  const negative = f32x4.sub(exponential(clamp(f32x4.pmin(x, zero), 30)), f32x4.splat(1));
  return v128.bitselect(x, negative, f32x4.gt(x, zero));
}

/** e^-|x| - 1: elu(x) where x is not positive, elu(-x) where it is not negative, in the same bits. */
// @ts-ignore: decorator
@inline
export function eitherElu4(x: v128): v128 {
  const limited = f32x4.pmin(f32x4.abs(x), f32x4.splat(30));
  return f32x4.sub(exponential(f32x4.neg(limited)), f32x4.splat(1));
}

/** elu(x) by {@link eitherElu4} of x. */
// @ts-ignore: decorator
@inline
export function eluBy(x: v128, either: v128): v128 {
  return v128.bitselect(x, either, f32x4.gt(x, f32x4.splat(0)));
}

/** elu(-x) by {@link eitherElu4} of x. */
// @ts-ignore: decorator
@inline
export function eluOfNegativeBy(x: v128, either: v128): v128 {
  return v128.bitselect(f32x4.neg(x), either, f32x4.lt(x, f32x4.splat(0)));
}

/** Activations of a sum, by the number that its instruction carries. */
export const enum Activation {
  none = 0,
  relu = 1,
  elu = 2,
  /** elu(x), and elu(-x) behind those of all channels. */
  concatElu = 3,
}

/** An activation that makes one number of one. */
// @ts-ignore: decorator
@inline
export function activate(x: v128, activation: i32): v128 {
  if (activation == Activation.none) return x;
  if (activation == Activation.relu) return f32x4.pmax(x, f32x4.splat(0));
  return elu4(x);
}
