/**
 * What computes a training: one step after another, and likelihoods by the averaged weights. Plain arrays at its border, so that it may be TensorFlow.js on
 * this thread, several threads, or a compiled program on a GPU. It knows nothing of epochs, data sets or time.
 */
import type { Batch } from "../data/preparation.ts";
import { PixelCnnError } from "../errors.ts";
import type { Model } from "../network/model.ts";
import type { DropoutNoise } from "../random/dropout-mask.ts";
import type { OptimiserOptions } from "./optimiser.ts";
import type { TrainingState } from "./state.ts";

/** The flat vectors of a {@link TrainingState}. */
export const vectorNames = [
  "weights",
  "statistics",
  "averagedWeights",
  "averagedStatistics",
  "firstMoment",
  "secondMoment",
] as const satisfies readonly (keyof TrainingState)[];
/** Name of a flat vector. */
export type VectorName = (typeof vectorNames)[number];

/** Every flat vector of a training, in the layout of `FlatLayout`. */
export type TrainingVectors = Record<VectorName, Float32Array>;

/** What an engine is told. */
export interface EngineOptions extends OptimiserOptions {
  /** Most that the average keeps of itself per step, d. */
  readonly averageDecay: number;
}

/** What one step tells. */
export interface StepResult {
  /** Mean negative log-likelihood of the batch, nats per picture, before the step. */
  readonly nats: number;
  /** Norm of the gradient before clipping. */
  readonly gradientNorm: number;
}

/** A network in training. The caller disposes. */
export interface TrainingEngine {
  /** Steps done and read. */
  readonly step: number;
  /** How many steps may be under way: 1 where a step is computed as it is asked for, more where the next is worth sending before this one is read. */
  readonly queueLength: number;
  /**
   * One optimiser step. Up to `queueLength` of them may be asked for before the first is awaited; each follows the one before. Everything else is asked for
   * only when none is under way.
   *
   * @param dropout addresses of the batch's dropout noise.
   * @throws {DivergedError} when the loss or gradient is not finite; nothing has changed then. Steps that were sent behind it change nothing either, and
   *   throw the same.
   */
  train(batch: Batch, learningRate: number, dropout: DropoutNoise): Promise<StepResult>;
  /** Negative log-likelihood of every picture under the averaged weights, nats, [B]. */
  nats(batch: Batch): Promise<Float32Array>;
  /** Copies of all vectors. */
  vectors(): Promise<TrainingVectors>;
  /** Continues from saved vectors. */
  restore(step: number, vectors: TrainingVectors): Promise<void>;
  /** Frees everything that it holds. */
  dispose(): Promise<void>;
}

/** Starts an engine from a model's weights. */
export type EngineStarter = (model: Model, options: EngineOptions) => Promise<TrainingEngine>;

/** A loss that is no number. The weights are still those of the step before. */
export class DivergedError extends PixelCnnError {
  override readonly name = "DivergedError";
  constructor(
    readonly step: number,
    readonly nats: number,
  ) {
    super(`expected a finite loss at step ${step}, got ${nats}; lower the learning rate or clip harder`);
  }
}
