import type { ModelInfo } from "./messages.ts";

/** Bits of the brightest pixel: a value of `levels` that nothing is known of has log2(levels). */
export function hottestBits({ levels, channels }: ModelInfo["picture"]): number {
  return Math.max(2, channels * Math.log2(levels));
}
