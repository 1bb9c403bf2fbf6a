/** Copies any regular arrangement of an array into any other: what broadcast, transpose, slice, pad and concatenate have in common. */

/** A walk over elements: where it begins, and how far apart neighbours of every axis are; 0 for an axis that repeats. */
export interface Walk {
  readonly start: number;
  readonly strides: readonly number[];
}

/** to[…] = from[…] for every index of `shape`. */
export function copyStrided(words: Uint32Array, shape: readonly number[], to: Walk, from: Walk): void {
  walk(words, shape, 0, to.start, to.strides, from.start, from.strides);
}

function walk(
  words: Uint32Array,
  shape: readonly number[],
  axis: number,
  to: number,
  toStrides: readonly number[],
  from: number,
  fromStrides: readonly number[],
): void {
  const length = shape[axis] ?? 1;
  const toStep = toStrides[axis] ?? 0;
  const fromStep = fromStrides[axis] ?? 0;
  if (axis >= shape.length - 1) {
    for (let i = 0; i < length; i++) words[to + i * toStep] = words[from + i * fromStep]!;
    return;
  }
  for (let i = 0; i < length; i++) {
    walk(words, shape, axis + 1, to + i * toStep, toStrides, from + i * fromStep, fromStrides);
  }
}

/** Distances of neighbours along every axis of a row-major array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}
