/**
 * The cached pass: a batch of pictures that grows value by value, every activation computed once. A naive sampler runs the whole
 * network for every pixel, although almost all activations are those of the pixel before; here buffers keep the rows that taps still
 * reach, in a ring, and only what is new is computed: row operations a row at a time, the others at the current position.
 *
 * Ramachandran et al. 2017, arXiv:1704.06001, found the same for one network by hand; the schedule derives it for any.
 */

import type { Slot } from "../../lowering/index.ts";
import type { LevelArray } from "../../picture.ts";

/** Told where a picture's K weights are: `floats[from]`, `floats[from + step]` and so on; valid until the pass is used again. */
export type VisitWeights = (picture: number, floats: Float32Array, from: number, step: number) => void;

/** A value of every picture, to be drawn. */
export interface ValueDraw {
  /** Above 0. */
  readonly temperature: number;
  /** A picture's uniform number, in [0, 1). */
  readonly u: (picture: number) => number;
  /** Levels of the pixel's earlier channels. */
  readonly earlier: (picture: number) => ArrayLike<number>;
  /** Receives the levels, [B]; -1 where a logit is not finite. */
  readonly drawn: Int32Array;
}

export interface CachedPass {
  /** Computes everything that the logits of picture channel `channel` at (y, x) need. In order: y, x, channel. */
  advance(y: number, x: number, channel: number): void;
  /** The logits that a value reads after {@link advance}, [B, K] (two levels: [B, 1]; a mixture's, of all channels so far); valid until the next call. */
  logits(y: number, x: number, channel: number): Float32Array;
  /** Any activations at (y, x) that are kept still: `channels` of them from a slot of the plan on, to `target`, [B, channels]. */
  read(slot: Slot, channels: number, y: number, x: number, target: Float32Array): void;
  /** The K weights exp((l_k - max l) / temperature) of every picture, where levels have a logit each. Call after {@link advance}. */
  weights(y: number, x: number, channel: number, temperature: number, visit: VisitWeights): void;
  /** Draws a level of every picture from a mixture, as its likelihood does. Call after {@link advance}. */
  drawMixtures(y: number, x: number, channel: number, draw: ValueDraw): void;
  /** Tells the levels drawn for picture channel `channel` at (y, x), one per picture. */
  set(y: number, x: number, channel: number, levels: LevelArray): void;
  /** Gives everything back. Nothing may be asked afterwards. */
  dispose(): void;
}
