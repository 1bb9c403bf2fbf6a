/**
 * What `sample()` asks of a sampler. A sampler that works position by position is a {@link PositionwisePass}; one that draws
 * on its own terms (whole-picture iterations, a GPU program) implements {@link Drawing} itself.
 */

import type { Model } from "../network/model.ts";
import type { LevelArray } from "../picture.ts";

/** One batch of pictures to draw. */
export interface DrawRequest {
  /** Number of pictures, B. */
  readonly count: number;
  /** Index of the first picture, part of the noise's address. */
  readonly firstIndex: number;
  readonly seed: number;
  /** 0, or 1e-30 to 1e30. */
  readonly temperature: number;
  /** A class label per picture; null for a network without classes. */
  readonly labels: Int32Array | null;
  /** Levels given beforehand, and where: both [B, H, W, C]; a value is known where `mask` is 1. Null for none. */
  readonly known: { readonly levels: LevelArray; readonly mask: Uint8Array } | null;
  /** Receives the levels, [B, H, W, C]. */
  readonly pixels: LevelArray;
  /** Receives log-probabilities at temperature 1 in nats, [B, H, W, C]; null when nobody asked. */
  readonly logProbabilities: Float32Array | null;
}

/** Yields the number of positions (of H·W) that are final, growing to H·W. Ending it early frees everything. */
export type Drawing = AsyncGenerator<number, void, undefined>;

/** One way to draw pictures from a model. */
export interface Sampler {
  readonly name: string;
  /**
   * Draws one batch into `request.pixels`.
   *
   * @throws {LogitsError} where logits of a value that is drawn, or scored, are not finite.
   */
  draw(model: Model, request: DrawRequest): Drawing;
}

/** Computes logits one position at a time for a batch of pictures that grow in raster order. */
export interface PositionwisePass {
  /**
   * The logits that the value of picture channel `channel` at (y, x) reads (`logitsRead`), for every picture of the batch: [B, K] of categories,
   * [B, 1] of two levels. Valid until the next call. Asked for in order: y, x, channel.
   */
  logits(y: number, x: number, channel: number): Float32Array | Promise<Float32Array>;
  /** Tells the levels drawn there, one per picture. */
  set(y: number, x: number, channel: number, levels: LevelArray): void;
  /** Frees everything. Nothing may be asked afterwards. */
  dispose(): void;
}
