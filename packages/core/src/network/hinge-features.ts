/**
 * Hinge features: what a value looks like when small differences near black and near white are to count as much as large ones in
 * between. Ink and paper lie at the ends of the range, and there one number hides whether a stroke is of level 252 or 253.
 *
 *     falling_d(level) = max(0, d - level) / d     rising_d(level) = max(0, level - (K - 1 - d)) / d
 *     d = 1, 2, 3, 4, 8, 16, ..., K - 1
 *
 * In a graph they are a 1×1 convolution of the picture and a ReLU: trained like everything else, they only start like this.
 */

/** The distances d from an end of K levels at which hinges begin, nearest first. */
export function hingeDistances(levels: number): number[] {
  const distances = [1, 2, 3].filter((distance) => distance < levels - 1);
  for (let distance = 4; distance < levels - 1; distance *= 2) distances.push(distance);
  return [...distances, levels - 1];
}

/** A hinge as a function of the encoded value x: weight · x + bias, before the ReLU. */
export interface Hinge {
  readonly weight: number;
  readonly bias: number;
}

/** All hinges of K levels whose encoded value is level · scale + offset: falling ones first, each from the nearest end. */
export function hingesOf(
  levels: number,
  encoding: { readonly scale: number; readonly offset: number },
): Hinge[] {
  const { scale, offset } = encoding;
  const slope = (distance: number) => 1 / (scale * distance);
  const falling = hingeDistances(levels).map((d) => ({
    weight: -slope(d),
    bias: 1 + offset * slope(d),
  }));
  const rising = hingeDistances(levels).map((d) => ({
    weight: slope(d),
    bias: 1 - (levels - 1) / d - offset * slope(d),
  }));
  return [...falling, ...rising];
}
