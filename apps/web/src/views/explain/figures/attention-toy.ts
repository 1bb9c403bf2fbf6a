/**
 * One head of causal attention whose question nobody had to learn: "where did it look like here, before this?" A position's query and its key are the
 * same: the twelve pixels that come before it within two rows and two columns, white as 1, black as −1, and 0 outside of the picture. Its value is the pixel.
 *
 *     w_q = softmax_q(strictness · query[p]·key[q] / √12)      q before p
 *     answer = Σ w_q · x_q
 *
 * A network's queries and keys are products with learned matrices; `strictness` stands for their size.
 */

/** Where a query looks, seen from its pixel: nothing that comes later. */
const AROUND: readonly (readonly [dy: number, dx: number])[] = [
  ...[-2, -1].flatMap((dy) => [-2, -1, 0, 1, 2].map((dx) => [dy, dx] as const)),
  [0, -2],
  [0, -1],
];

/**
 * What a position weighs of the picture.
 *
 * @param bits [H, W], white as 1. Read before `position` only.
 * @param position in raster order.
 * @returns [H, W], together 1, and 0 from the position on; all 0 for the first, which has nothing before it.
 */
export function toyAttention(
  bits: ArrayLike<number>,
  width: number,
  position: number,
  strictness: number,
): Float64Array {
  const query = keyOf(bits, width, position);
  const scores = Array.from({ length: position }, (_, earlier) => {
    const key = keyOf(bits, width, earlier);
    const product = query.reduce((sum, value, i) => sum + value * key[i]!, 0);
    return (strictness * product) / Math.sqrt(AROUND.length);
  });
  const most = scores.reduce((largest, score) => Math.max(largest, score), Number.NEGATIVE_INFINITY);
  const parts = scores.map((score) => Math.exp(score - most));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const weights = new Float64Array(bits.length);
  for (const [earlier, part] of parts.entries()) weights[earlier] = part / total;
  return weights;
}

function keyOf(bits: ArrayLike<number>, width: number, position: number): number[] {
  const row = Math.floor(position / width);
  const column = position % width;
  return AROUND.map(([dy, dx]) => {
    const [y, x] = [row + dy, column + dx];
    return y < 0 || x < 0 || x >= width ? 0 : 2 * bits[y * width + x]! - 1;
  });
}
