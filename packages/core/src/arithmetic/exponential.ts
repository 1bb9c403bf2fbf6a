/**
 * e^x in float32, from products and sums alone, each rounded once. No engine's `Math.exp`: its last bits differ from engine to engine.
 *
 *     n = round(x / ln 2)     r = x - n·ln 2     e^x = 2^n · e^r     e^r by its Taylor polynomial of degree 6
 *
 * The same steps as kernels/range-reduction.ts and kernels/activations.ts.
 */
const { fround } = Math;

/** 1.5 · 2^23: adding it leaves the nearest integer, ties to even. */
const ROUND = 12_582_912;
/** 1 / ln 2 in float32: 1.44269502… */
const INVERSE_LN2 = 12_102_203 / 8_388_608;
/** ln 2 in two parts, of which the first has so few bits that n times it is exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = fround(-2.1219444005e-4);
const C3 = fround(1 / 6);
const C4 = fround(1 / 24);
const C5 = fround(1 / 120);
const C6 = fround(1 / 720);

const HIGHEST_POWER = 127;
/** 2^n from n = -127 to 127, made by doubling. */
const powersOfTwo = new Float64Array(2 * HIGHEST_POWER + 1);
for (let n = 0, power = 1; n <= HIGHEST_POWER; n++, power *= 2) {
  powersOfTwo[HIGHEST_POWER + n] = power;
  powersOfTwo[HIGHEST_POWER - n] = 1 / power;
}

/** e^x for -87 ≤ x ≤ 87; NaN of NaN. */
export function exponential(x: number): number {
  const n = fround(fround(fround(x * INVERSE_LN2) + ROUND) - ROUND);
  const r = fround(fround(x - fround(n * LN2_HIGH)) - fround(n * LN2_LOW));
  let p = fround(fround(C6 * r) + C5);
  p = fround(fround(p * r) + C4);
  p = fround(fround(p * r) + C3);
  p = fround(fround(p * r) + 0.5);
  p = fround(fround(p * r) + 1);
  p = fround(fround(p * r) + 1);
  // Exact: only the exponent changes.
  return p * powersOfTwo[(n + HIGHEST_POWER) | 0]!;
}
