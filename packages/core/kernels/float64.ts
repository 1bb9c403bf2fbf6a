// e^x, the logarithm and what follows from them, in float64, two lanes at once: step for step, and so bit for bit, what
// src/arithmetic/float64.ts does. Where that branches, both ways are computed and one is taken.

// @ts-ignore: decorator
@inline
const LN2_HIGH: f64 = 0.6931471803691238;
// @ts-ignore: decorator
@inline
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** 1 / ln 2, nearly. */
// @ts-ignore: decorator
@inline
const INVERSE_LN2: f64 = 12102203.0 / 8388608.0;

/** 1.5 · 2^52: added to a whole number, it leaves the number in the low bits. */
// @ts-ignore: decorator
@inline
const WHOLE: f64 = 6755399441055744;

// @ts-ignore: decorator
@inline
function wholeBits(k: v128): v128 {
  const whole = f64x2.splat(WHOLE);
  return i64x2.sub(f64x2.add(k, whole), whole);
}

// @ts-ignore: decorator
@inline
function numberOf(bits: v128): v128 {
  const whole = f64x2.splat(WHOLE);
  return f64x2.sub(i64x2.add(bits, whole), whole);
}

/** 2^k of whole numbers from -1022 to 1023. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(i64x2.add(k, i64x2.splat(1023)), 52);
}

// @ts-ignore: decorator
@inline
function isNaN2(x: v128): v128 {
  return f64x2.ne(x, x);
}

/** e^x */
export function exp(power: v128): v128 {
  const isAboveZero = f64x2.gt(power, f64x2.splat(-746));
  const x = v128.and(power, isAboveZero); // e^0 where the answer is 0: denormals are slow
  const isNegative = f64x2.lt(x, f64x2.splat(0));
  const rounding = v128.bitselect(f64x2.splat(-0.5), f64x2.splat(0.5), isNegative);
  const k = f64x2.trunc(f64x2.add(f64x2.mul(x, f64x2.splat(INVERSE_LN2)), rounding));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = f64x2.add(f64x2.splat(-1.6533902205465252e-6), f64x2.mul(t, f64x2.splat(4.1381367970572385e-8)));
  p = f64x2.add(f64x2.splat(6.613756321437934e-5), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(-0.0027777777777015593), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(0.16666666666666602), f64x2.mul(t, p));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  // Two powers, since 2^k alone may be out of range. Beyond the limits their bits are nonsense, and not taken.
  const bits = wholeBits(k);
  const half = wholeBits(f64x2.floor(f64x2.mul(k, f64x2.splat(0.5))));
  let e = f64x2.mul(f64x2.mul(y, powerOfTwo(half)), powerOfTwo(i64x2.sub(bits, half)));
  e = v128.and(e, isAboveZero);
  e = v128.bitselect(f64x2.splat(Infinity), e, f64x2.gt(x, f64x2.splat(710)));
  return v128.bitselect(power, e, isNaN2(power));
}

/** The natural logarithm. */
export function log(x: v128): v128 {
  const isSmall = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const normal = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, isSmall);
  let exponent = i64x2.sub(i64x2.shr_u(normal, 52), i64x2.splat(1023));
  exponent = i64x2.sub(exponent, v128.and(i64x2.splat(54), isSmall));
  let mantissa = v128.and(normal, i64x2.splat(0x000f_ffff_ffff_ffff));
  mantissa = v128.or(mantissa, i64x2.splat(0x3ff0_0000_0000_0000));
  const isLarge = f64x2.gt(mantissa, f64x2.splat(181.0 / 128.0));
  mantissa = v128.bitselect(f64x2.mul(mantissa, f64x2.splat(0.5)), mantissa, isLarge);
  const k = numberOf(i64x2.sub(exponent, isLarge)); // a mask is -1
  const f = f64x2.sub(mantissa, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.add(f64x2.splat(0.22222198432149784), f64x2.mul(w, f64x2.splat(0.15313837699209373)));
  even = f64x2.mul(w, f64x2.add(f64x2.splat(0.3999999999940942), f64x2.mul(w, even)));
  let odd = f64x2.add(f64x2.splat(0.1818357216161805), f64x2.mul(w, f64x2.splat(0.14798198605116586)));
  odd = f64x2.add(f64x2.splat(0.2857142874366239), f64x2.mul(w, odd));
  odd = f64x2.mul(z, f64x2.add(f64x2.splat(0.6666666666666735), f64x2.mul(w, odd)));
  const square = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const product = f64x2.mul(s, f64x2.add(square, f64x2.add(odd, even)));
  const lower = f64x2.add(product, f64x2.mul(k, f64x2.splat(LN2_LOW)));
  const rest = f64x2.sub(f64x2.sub(square, lower), f);
  let value = f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), rest);
  value = v128.bitselect(x, value, f64x2.eq(x, f64x2.splat(Infinity)));
  const zero = f64x2.splat(0);
  value = v128.bitselect(f64x2.splat(-Infinity), value, f64x2.eq(x, zero));
  // NaN of what is negative, or NaN.
  return v128.bitselect(value, f64x2.splat(NaN), f64x2.ge(x, zero));
}

/** e^x - 1, exact near 0. */
export function expm1(x: v128): v128 {
  const one = f64x2.splat(1);
  const y = exp(x);
  const rest = f64x2.sub(y, one);
  const corrected = f64x2.div(f64x2.mul(rest, x), log(y));
  const value = v128.bitselect(corrected, rest, f64x2.lt(f64x2.abs(x), one));
  return v128.bitselect(x, value, f64x2.eq(y, one));
}

/** log(1 + x), exact near 0. */
export function log1p(x: v128): v128 {
  const one = f64x2.splat(1);
  const y = f64x2.add(one, x);
  const value = f64x2.mul(log(y), f64x2.div(x, f64x2.sub(y, one)));
  const isItself = v128.or(f64x2.eq(y, one), f64x2.eq(y, f64x2.splat(Infinity)));
  return v128.bitselect(x, value, isItself);
}

/** (1 - e^-2x) / (1 + e^-2x) */
export function tanh(x: v128): v128 {
  const t = expm1(f64x2.mul(f64x2.splat(-2), f64x2.abs(x)));
  const value = f64x2.div(t, f64x2.sub(f64x2.splat(-2), t));
  return v128.bitselect(f64x2.neg(value), value, f64x2.lt(x, f64x2.splat(0)));
}
