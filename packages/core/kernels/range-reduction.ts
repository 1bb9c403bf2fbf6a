// What every exponential begins with: x = n·ln 2 + r, n = round(x / ln 2), |r| <= ln 2 / 2.
//
// ln 2 is taken off in two parts, of which the first has so few bits that n times it is exact. The kernels of wasm-training begin the same way.

import { madd } from "./vector";

// @ts-ignore: decorator
@inline
export const ROUND: f32 = 12582912; // 1.5 · 2^23: adding it leaves the nearest integer in the low bits

/** n + ROUND. */
// @ts-ignore: decorator
@inline
export function roundedQuotient(x: v128): v128 {
  return madd(x, f32x4.splat(1.44269504089), f32x4.splat(ROUND));
}

/** r. */
// @ts-ignore: decorator
@inline
export function reduced(x: v128, n: v128): v128 {
  const high = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  return f32x4.sub(high, f32x4.mul(n, f32x4.splat(-2.12194440054690583e-4)));
}
