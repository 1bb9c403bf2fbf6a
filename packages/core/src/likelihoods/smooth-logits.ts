/**
 * The first weights of a layer that ends in many levels: smooth over the levels, so that what is learned of one level holds
 * for its neighbours from the first step on.
 *
 *     weight of level k = (a / sqrt(n)) · Σ g_f·T_f(u) / f,    u = (2k + 1) / K - 1,    f = 1 ... 4,    g ~ U(-1, 1)
 *
 * T_f are Chebyshev's polynomials (of the first two is made what is quadratic in the level, and so every Gaussian), n the
 * number of weights that reach one logit. Nothing but sums and products, so that every machine makes the same numbers.
 */

/** Levels from which on logits start smooth; fewer have to be told apart more than put in order, and start at 0. */
export const SMOOTH_FROM = 64;

/** Highest degree of the polynomials. */
const DEGREE = 4;

/** The size of the weights, a: large, for a distribution over many levels is sharp and Adam moves weights slowly. */
const SIZE = 6;

/**
 * The weights from one hidden channel to the logits of one picture channel.
 *
 * @param noise uniform numbers in [0, 1) by index; as many are asked for as there are polynomials.
 * @param reaching weights that reach one logit, n.
 * @returns [levels]
 */
export function smoothWeights(
  levels: number,
  reaching: number,
  noise: (index: number) => number,
): Float32Array {
  const shares = Array.from({ length: DEGREE }, (_, degree) => noise(degree));
  return Float32Array.from({ length: levels }, (_, level) => {
    const u = (2 * level + 1) / levels - 1;
    let [before, now, sum] = [1, u, 0];
    shares.forEach((share, index) => {
      sum += ((2 * share - 1) * now) / (index + 1);
      [before, now] = [now, 2 * u * now - before];
    });
    return (SIZE * sum) / Math.sqrt(reaching);
  });
}
