// What a score of attention weighs, beside the largest.

import { exponential } from "./activations";

// @ts-ignore: decorator
@inline
export function weightOf(score: v128, most: v128): v128 {
  return exponential(f32x4.pmax(f32x4.sub(score, most), f32x4.splat(-87)));
}
