/**
 * A likelihood: the distribution of one value, given its logits and the levels of the pixel's earlier channels,
 *
 *     P(level | logits, earlier)
 *
 * always at temperature 1 but for the draw. A network only makes logits; what they mean is said here, once, in float64. Rooms that
 * compute with many values at a time (tensors/, computation/, the samplers) have a table of their own by {@link LikelihoodKind}.
 */

/** The name of a likelihood, as model files have it. */
export type LikelihoodKind = "bernoulli" | "categorical";

/** One value of a picture as a likelihood sees it. */
export interface ValueLogits {
  /** The logits of the value's channel stand from `offset` on. */
  readonly logits: ArrayLike<number>;
  readonly offset: number;
  /** K */
  readonly levels: number;
  /** Levels of the same pixel's earlier channels, in order. */
  readonly earlier: ArrayLike<number>;
}

/** Levels of the channels before `channel` at the pixel whose value stands at `at` of [..., C] levels. */
export function earlierChannels<T extends Uint8Array | Float32Array>(
  levels: T,
  at: number,
  channel: number,
): ArrayLike<number> {
  return channel === 0 ? NONE : levels.subarray(at - channel, at);
}

/** A view costs more than the draw of a Bernoulli, and the first channel needs none. */
const NONE: readonly number[] = [];

/** One way to read logits. */
export interface Likelihood {
  readonly kind: LikelihoodKind;
  /** Logits of one picture channel of K levels. */
  logitsPerChannel(levels: number): number;
  /**
   * The weights from one hidden channel to the logits of one picture channel before training; null where they are 0.
   *
   * @param reaching weights that reach one logit.
   * @param noise uniform numbers in [0, 1) by index.
   */
  initialWeights(levels: number, reaching: number, noise: (index: number) => number): Float32Array | null;
  /** log P(level), nats. */
  logProbability(value: ValueLogits, level: number): number;
  /** P(a level of at most `level`). */
  cdf(value: ValueLogits, level: number): number;
  /**
   * The level that a uniform number draws: the first whose cumulative probability is above u.
   *
   * @param temperature T, 0 or more: levels are as probable as P(level)^(1/T), so a large one draws all alike; 0 is the most
   * probable level, the lower one first.
   * @param u uniform in [0, 1).
   */
  draw(value: ValueLogits, temperature: number, u: number): number;
}
