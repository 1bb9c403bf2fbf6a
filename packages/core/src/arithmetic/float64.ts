/**
 * e^x, the logarithm and what follows from them, in float64 from +, −, × and ÷ alone: engines round those alike, their own functions not.
 * Errors stay below a few units in the last place.
 *
 *     x = k·ln 2 + r     e^x = 2^k·(1 + r + r·c / (2 − c))             c = r − r²·P(r²)
 *     x = 2^k·(1 + f)    log x = k·ln 2 + f − f²/2 + s·(f²/2 + R(s²))    s = f / (2 + f)
 *
 * The polynomials of Sun's fdlibm (1993). Kahan's corrections make of these two e^x − 1 and log(1 + x) near 0.
 */

/** ln 2 in two parts, of which the first has so few bits that k times it is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Nearly: it only chooses k. */
const INVERSE_LN2 = 12_102_203 / 8_388_608;

const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;

const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/** Beyond these e^x is infinite, or 0. */
const [LOWEST, HIGHEST] = [-746, 710];
/** Nearly √2, so that f is smallest. */
const MOST_MANTISSA = 181 / 128;
/** 2^54 takes a denormal to where it has its bits. */
const NORMAL = 18_014_398_509_481_984;
const LEAST_NORMAL = 2.2250738585072014e-308;

const HALF = 540;
/** 2^k from k = −540 to 540, made by doubling; e^x needs the product of two. */
const powersOfTwo = new Float64Array(2 * HALF + 1);
for (let k = 0, power = 1; k <= HALF; k++, power *= 2) {
  powersOfTwo[HALF + k] = power;
  powersOfTwo[HALF - k] = 1 / power;
}

/** e^x */
export function exp(x: number): number {
  if (!(x > LOWEST)) return Number.isNaN(x) ? x : 0;
  if (x > HIGHEST) return Number.POSITIVE_INFINITY;
  const k = Math.trunc(x * INVERSE_LN2 + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  const half = k >> 1;
  return y * powersOfTwo[HALF + half]! * powersOfTwo[HALF + k - half]!;
}

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let normal = x;
  if (x < LEAST_NORMAL) {
    normal *= NORMAL;
    k -= 54;
  }
  bits.setFloat64(0, normal);
  const word = bits.getUint32(0);
  k += (word >>> 20) - 1023;
  bits.setUint32(0, (word & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0); // 1 … 2
  if (mantissa > MOST_MANTISSA) {
    mantissa /= 2;
    k++;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const square = 0.5 * f * f;
  return k * LN2_HIGH - (square - (s * (square + (odd + even)) + k * LN2_LOW) - f);
}

/** e^x − 1, exact near 0. */
export function expm1(x: number): number {
  const y = exp(x);
  if (y === 1) return x;
  // Far from 0 there is nothing to correct.
  if (!(Math.abs(x) < 1)) return y - 1;
  return ((y - 1) * x) / log(y);
}

/** log(1 + x), exact near 0. */
export function log1p(x: number): number {
  const y = 1 + x;
  if (y === 1 || y === Number.POSITIVE_INFINITY) return x;
  return log(y) * (x / (y - 1));
}

/** (1 − e^−2x) / (1 + e^−2x) */
export function tanh(x: number): number {
  const t = expm1(-2 * Math.abs(x));
  const value = t / (-2 - t);
  return x < 0 ? -value : value;
}
