/** IEEE 754 binary16, for weights that are exactly such numbers and so need only half the memory. */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The 16 bits of a float32 value; null when binary16 does not hold it exactly. */
export function exactHalf(value: number): number | null {
  float[0] = value;
  const [word] = bits as unknown as [number];
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 127;
  const fraction = word & 0x7fffff;
  if ((word & 0x7fffffff) === 0) return sign;
  if (exponent > 15 || exponent < -24) return null;
  if (exponent >= -14) return fraction & 0x1fff ? null : sign | ((exponent + 15) << 10) | (fraction >>> 13);
  // Subnormal: the leading one becomes part of the fraction, moved right.
  const shift = 13 + (-14 - exponent);
  const whole = fraction | 0x800000;
  return whole & ((1 << shift) - 1) ? null : sign | (whole >>> shift);
}
