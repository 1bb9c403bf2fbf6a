/**
 * Numbers of 16 bits as IEEE 754-2019 has them: a bit of sign, five of exponent e, ten of fraction f.
 *
 *     0 < e < 31: 2^(e−25) · (1024 + f)      e = 0: 2^−24 · f      e = 31: infinity, or none where f > 0
 */

/** The number whose bits these are. By hand: model files have millions of them, and the `getFloat16` of a library takes most of the time that a model takes to open. */
export function fromFloat16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 31) return fraction > 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * units[1]! * fraction : sign * units[exponent]! * (1024 + fraction);
}

/** 2^(e−25) for every e. */
const units = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 25));
