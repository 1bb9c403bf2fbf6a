/**
 * A likelihood: the distribution of one value, given its logits and the levels of the pixel's earlier channels,
 *
 *     P(level | logits, earlier)
 *
 * always at temperature 1 but for the draw. A network only makes logits; what they mean is said here, once, in float64. Rooms that
 * compute with many values at a time (tensors/, computation/, the samplers) have a table of their own by {@link LikelihoodKind}.
 */

/** The name of a likelihood, as model files have it. */
export type LikelihoodKind = "bernoulli" | "categorical" | "mixture";

/** A likelihood, and what it needs to be told, as model files have it. */
export type LikelihoodChoice =
  | { readonly kind: "bernoulli" | "categorical" }
  | {
      readonly kind: "mixture";
      /** Logistic distributions that are mixed, 1 to 256. */
      readonly components: number;
    };

/** One value of a picture as a likelihood sees it. */
export interface ValueLogits {
  /**
   * The logits that the value reads stand from `offset` on: its channel's own, or where its likelihood ties channels together, those of
   * all of the pixel's channels up to it.
   */
  readonly logits: ArrayLike<number>;
  readonly offset: number;
  /** K */
  readonly levels: number;
  /** Levels of the same pixel's earlier channels, in order. */
  readonly earlier: ArrayLike<number>;
}

/** Levels of the channels before `channel` at the pixel whose value stands at `at` of [..., C] levels. */
export function earlierChannels<T extends Uint8Array | Uint16Array | Float32Array>(
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
  /** Does a value read the logits of its pixel's earlier channels too, not of its own alone? */
  readonly tiesChannels: boolean;
  /** Logits of picture channel `channel`, of K levels. */
  logitsOfChannel(levels: number, channel: number): number;
  /**
   * The weights from one hidden channel to the logits of one picture channel before training; null where they are 0.
   *
   * @param reaching weights that reach one logit.
   * @param noise uniform numbers in [0, 1) by index.
   * @param isOrdered whether neighbouring levels are alike, not names of different things.
   */
  initialWeights(
    levels: number,
    reaching: number,
    noise: (index: number) => number,
    isOrdered: boolean,
  ): Float32Array | null;
  /** The biases of the logits of one picture channel before training; null where they are 0. */
  initialBiases(levels: number, channel: number): Float32Array | null;
  /** log P(level), nats. */
  logProbability(value: ValueLogits, level: number): number;
  /** Numbers that {@link Likelihood.cdf} can keep of a pixel from one of its channels to the next; 0 where they share nothing. */
  readonly keptOfPixel: number;
  /**
   * P(a level of at most `level`), for any level; valid until the likelihood is asked for something else.
   *
   * @param kept room for {@link Likelihood.keptOfPixel} numbers, written to. For a channel but the first it must be as this left it for the pixel's channel
   * before: the same numbers come sooner.
   */
  cdf(value: ValueLogits, kept?: Float64Array): (level: number) => number;
  /**
   * The level that a uniform number draws: the first whose cumulative probability is above u.
   *
   * @param temperature T, 0 or more. Levels that have a logit each are as probable as P(level)^(1/T): 0 is the most probable one, the lower first, and a
   * large T draws all alike. A mixture says what it does.
   * @param u uniform in [0, 1).
   */
  draw(value: ValueLogits, temperature: number, u: number): number;
}
