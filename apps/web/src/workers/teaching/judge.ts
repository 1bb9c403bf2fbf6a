/** Names the template that a picture looks most like, wherever it lies within two pixels; nobody when it is like none. */

/** Least correlation that counts as a likeness, of pictures that were blurred. */
const LEAST_LIKENESS = 0.8;
const MOST_SHIFT = 2;

export interface Template {
  readonly name: string;
  /** Ink, [side, side]. */
  readonly ink: ArrayLike<number>;
}

/** @param picture ink, [side, side]. @param leastLikeness correlation that a likeness exceeds. */
export function judge(
  picture: ArrayLike<number>,
  templates: readonly Template[],
  side: number,
  leastLikeness: number = LEAST_LIKENESS,
): string | null {
  const seen = blurred(picture, side);
  let best: { name: string | null; likeness: number } = { name: null, likeness: leastLikeness };
  for (const { name, ink } of templates) {
    const expected = blurred(ink, side);
    for (let down = -MOST_SHIFT; down <= MOST_SHIFT; down++) {
      for (let across = -MOST_SHIFT; across <= MOST_SHIFT; across++) {
        const likeness = correlation(seen, shifted(expected, side, across, down));
        if (likeness > best.likeness) best = { name, likeness };
      }
    }
  }
  return best.name;
}

function shifted(ink: Float64Array, side: number, across: number, down: number): Float64Array {
  return ink.map((_, i) => {
    const [x, y] = [(i % side) - across, Math.floor(i / side) - down];
    return x < 0 || y < 0 || x >= side || y >= side ? 0 : ink[y * side + x]!;
  });
}

/** Means over three by three. */
function blurred(ink: ArrayLike<number>, side: number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, i) => {
    let sum = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const [x, y] = [(i % side) + dx, Math.floor(i / side) + dy];
        if (x >= 0 && y >= 0 && x < side && y < side) sum += ink[y * side + x]! / 9;
      }
    }
    return sum;
  });
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [together, alone, other] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    together += (a[i]! - meanA) * (b[i]! - meanB);
    alone += (a[i]! - meanA) ** 2;
    other += (b[i]! - meanB) ** 2;
  }
  return alone * other === 0 ? 0 : together / Math.sqrt(alone * other);
}
