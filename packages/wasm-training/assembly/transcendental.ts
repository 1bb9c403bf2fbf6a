// exp, expm1, sigmoid, tanh and logarithms, four lanes at once.
//
// exp x = 2^n · e^r with n = round(x / ln 2) and |r| <= ln 2 / 2. The Taylor polynomial of e^r − 1 to degree 8 is
// below one part in 10^9 there. Keeping e^r − 1 apart from the 1 gives expm1, and so tanh, full *relative* accuracy
// near 0. Logarithms use log(1 + z) = 2·artanh(z / (2 + z)), whose series in (z / (2 + z))² <= 1/9 is short.

import { reduced, ROUND, roundedQuotient } from '../../core/kernels/range-reduction';
import { madd } from './vector';

/** −|a|, NaN kept. */
// @ts-ignore: decorator
@inline
export function negativeMagnitude(a: v128): v128 {
  return v128.or(a, i32x4.splat(0x80000000));
}

/** e^r − 1 for |r| <= 0.35. */
// @ts-ignore: decorator
@inline
function expm1Polynomial(r: v128): v128 {
  let p = f32x4.splat(1.0 / 40320.0);
  p = madd(p, r, f32x4.splat(1.0 / 5040.0));
  p = madd(p, r, f32x4.splat(1.0 / 720.0));
  p = madd(p, r, f32x4.splat(1.0 / 120.0));
  p = madd(p, r, f32x4.splat(1.0 / 24.0));
  p = madd(p, r, f32x4.splat(1.0 / 6.0));
  p = madd(p, r, f32x4.splat(0.5));
  return madd(f32x4.mul(p, r), r, r);
}

// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x for any x: denormal results, 0, infinity and NaN included. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // pmin and pmax hand a NaN in their first operand through.
  const clamped = f32x4.pmax(f32x4.pmin(x, f32x4.splat(90)), f32x4.splat(-105));
  const rounded = roundedQuotient(clamped);
  const integer = i32x4.sub(rounded, f32x4.splat(ROUND));
  const r = reduced(clamped, f32x4.sub(rounded, f32x4.splat(ROUND)));
  const mantissa = f32x4.add(expm1Polynomial(r), f32x4.splat(1));
  // 2^n in two factors, so that n from −152 to 130 neither wraps nor rounds twice.
  const half = i32x4.shr_s(integer, 1);
  return f32x4.mul(f32x4.mul(mantissa, powerOfTwo(half)), powerOfTwo(i32x4.sub(integer, half)));
}

/** e^x for x <= 0; results below 2^-126 become 0. */
// @ts-ignore: decorator
@inline
export function expOfNegative4(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-88));
  const rounded = roundedQuotient(clamped);
  const r = reduced(clamped, f32x4.sub(rounded, f32x4.splat(ROUND)));
  const scale = powerOfTwo(i32x4.sub(rounded, f32x4.splat(ROUND)));
  const value = madd(expm1Polynomial(r), scale, scale);
  return v128.andnot(value, f32x4.lt(x, f32x4.splat(-87.33654)));
}

/** e^x − 1 for x <= 0. */
// @ts-ignore: decorator
@inline
function expm1OfNegative4(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-30));
  const rounded = roundedQuotient(clamped);
  const r = reduced(clamped, f32x4.sub(rounded, f32x4.splat(ROUND)));
  const scale = powerOfTwo(i32x4.sub(rounded, f32x4.splat(ROUND)));
  return madd(scale, expm1Polynomial(r), f32x4.sub(scale, f32x4.splat(1)));
}

/** e^x − 1 for any x. */
// @ts-ignore: decorator
@inline
export function expm14(x: v128): v128 {
  const negative = expm1OfNegative4(f32x4.pmin(x, f32x4.splat(0)));
  // Above 0.35 the subtraction loses less than two bits; below it n is 0 and the polynomial alone is right.
  const clamped = f32x4.pmin(x, f32x4.splat(0.35));
  const positive = v128.bitselect(
    f32x4.sub(exp4(x), f32x4.splat(1)),
    expm1Polynomial(f32x4.pmax(clamped, f32x4.splat(0))),
    f32x4.gt(x, f32x4.splat(0.35)),
  );
  return v128.bitselect(positive, negative, f32x4.gt(x, f32x4.splat(0)));
}

/** σ(x) = 1 / (1 + e^−x), as 1 / (1 + e) or e / (1 + e) with e = e^−|x| <= 1. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = expOfNegative4(negativeMagnitude(x));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}

/** tanh |x| = −t / (2 + t) with t = e^(−2|x|) − 1; the sign is x's. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = expm1OfNegative4(f32x4.mul(negativeMagnitude(x), f32x4.splat(2)));
  return withSignOf(x, f32x4.div(t, f32x4.add(t, f32x4.splat(2))));
}

/** tanh(a)·σ(b) with a single division. */
// @ts-ignore: decorator
@inline
export function gate4(a: v128, b: v128): v128 {
  const one = f32x4.splat(1);
  const t = expm1OfNegative4(f32x4.mul(negativeMagnitude(a), f32x4.splat(2)));
  const e = expOfNegative4(negativeMagnitude(b));
  const numerator = f32x4.mul(t, v128.bitselect(e, one, f32x4.lt(b, f32x4.splat(0))));
  const denominator = f32x4.mul(f32x4.add(t, f32x4.splat(2)), f32x4.add(one, e));
  return withSignOf(a, f32x4.div(numerator, denominator));
}

// @ts-ignore: decorator
@inline
function withSignOf(sign: v128, magnitude: v128): v128 {
  return v128.bitselect(sign, magnitude, i32x4.splat(0x80000000));
}

/** log(1 + z) for 0 <= z <= 1, relative accuracy down to z = 0. */
// @ts-ignore: decorator
@inline
function log1pOfUnit4(z: v128): v128 {
  const w = f32x4.div(z, f32x4.add(z, f32x4.splat(2)));
  const square = f32x4.mul(w, w);
  let p = f32x4.splat(2.0 / 15.0);
  p = madd(p, square, f32x4.splat(2.0 / 13.0));
  p = madd(p, square, f32x4.splat(2.0 / 11.0));
  p = madd(p, square, f32x4.splat(2.0 / 9.0));
  p = madd(p, square, f32x4.splat(2.0 / 7.0));
  p = madd(p, square, f32x4.splat(2.0 / 5.0));
  p = madd(p, square, f32x4.splat(2.0 / 3.0));
  return f32x4.add(f32x4.mul(f32x4.mul(p, square), w), f32x4.add(w, w));
}

/** log(1 + e^−|x|), the part of softplus x = max(x, 0) + log(1 + e^−|x|) that is curved. */
// @ts-ignore: decorator
@inline
export function softplusTail4(x: v128): v128 {
  return log1pOfUnit4(expOfNegative4(negativeMagnitude(x)));
}

/** log S for a normal S >= 1; NaN for anything that is not finite. */
export function logOfSum(sum: f32): f32 {
  const bits = reinterpret<i32>(sum);
  const exponent = f32((bits >> 23) - 127);
  const mantissa = reinterpret<f32>((bits & 0x7fffff) | 0x3f800000);
  const fraction = f32x4.extract_lane(log1pOfUnit4(f32x4.splat(mantissa - 1)), 0);
  return exponent * <f32>0.6931471805599453 + fraction + (sum - sum);
}
