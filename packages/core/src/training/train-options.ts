/** What a training is told, and what it takes where it is told nothing. */
import type { Preparation } from "../data/preparation.ts";
import type { EngineStarter } from "./engine.ts";
import type { EvaluationEvent } from "./events.ts";
import type { OptimiserName } from "./optimiser.ts";
import type { TrainingState } from "./state.ts";
import type { BatchKind } from "./traced-batch.ts";

/** What a training is told. Only `length` is required. */
export interface TrainOptions extends Partial<TrainDefaults> {
  /** What ends it: passes over the training pictures, optimiser steps, or minutes of training. */
  readonly length: { readonly epochs: number } | { readonly steps: number } | { readonly minutes: number };
  /** How levels are made from stored pixels; what fits the network's levels by default. */
  readonly preparation?: Preparation;
  /** Training pictures of an epoch, evenly spaced; all when left out. */
  readonly trainLimit?: number | undefined;
  /** Starts what computes, after everything was checked that can be; TensorFlow.js's current backend by default. Disposed with the training. */
  readonly engine?: EngineStarter | undefined;
  /** Continues from here. */
  readonly resume?: TrainingState | undefined;
  /** Asked after every step: true wants a checkpoint now. */
  readonly wantsCheckpoint?: (() => boolean) | undefined;
  /** Ends the training after the current step, with a checkpoint. */
  readonly signal?: AbortSignal | undefined;
  /** Asked of the validation of every evaluation: true makes it the last one, as if the length were reached. */
  readonly isEnough?:
    | ((measured: Pick<EvaluationEvent, "step" | "epoch" | "validation">) => boolean)
    | undefined;
  /** Told while an evaluation runs. */
  readonly onEvaluation?: ((done: number, total: number) => void) | undefined;
}

/** Options that have a value when they are left out, given here. */
export interface TrainDefaults {
  /**
   * What a batch is made of: whole pictures, or single pixels of the set with the window that decides them, which teach a network with a small window
   * far more a step. An epoch has as many pixels either way. Pictures.
   */
  readonly trainOn: BatchKind;
  /** Whether about half of the training pictures are flipped left to right, other ones every epoch: no. */
  readonly flips: boolean;
  /** Of single pixels: share of their windows in which noise takes the place of pixels, so that drawing finds back after a slip: 0. */
  readonly noisyWindows: number;
  /** Of single pixels: share of those taken around which all is alike, and which teach little; each counts for those passed over: 1, all. */
  readonly flatPlaces: number;
  /** Pictures of a batch, or pixels: 16. */
  readonly batchSize: number;
  /** The rule that changes the weights: Adam. Muon learns more a step where a network is made of matrices. */
  readonly optimiser: OptimiserName;
  /** What the matrices of weights lose of themselves per step and learning rate: 0. */
  readonly weightDecay: number;
  /** Highest learning rate: 0.002. */
  readonly learningRate: number;
  /** Steps over which the learning rate rises to it: 50. */
  readonly warmupSteps: number;
  /** Largest norm of a gradient: 1. */
  readonly clipNorm: number;
  /** Most that the moving average of the weights keeps of itself per step: 0.99. */
  readonly averageDecay: number;
  /** 0.9 */
  readonly beta1: number;
  /** 0.99 */
  readonly beta2: number;
  /** Seed of order, binarisation, dropout and samples: 0. */
  readonly seed: number;
  /** Test pictures of every evaluation but the last, for which see `finalTestLimit`: all. */
  readonly testLimit: number;
  /** Test pictures of the last evaluation: all. */
  readonly finalTestLimit: number;
  /** Validation pictures of every evaluation: all. */
  readonly validationLimit: number;
  /** Pictures drawn after every epoch: 0. */
  readonly sampleCount: number;
  /** Steps between checkpoints, besides those after every epoch: 0, none. */
  readonly checkpointEvery: number;
  /**
   * Minutes between checkpoints at most, besides those: 0, none. The first one comes after a minute already. Where one stands
   * changes nothing in the training.
   */
  readonly checkpointMinutes: number;
}

export const defaults: TrainDefaults = {
  trainOn: "pictures",
  flips: false,
  noisyWindows: 0,
  flatPlaces: 1,
  batchSize: 16,
  optimiser: "adam",
  weightDecay: 0,
  learningRate: 0.002,
  warmupSteps: 50,
  clipNorm: 1,
  averageDecay: 0.99,
  beta1: 0.9,
  beta2: 0.99,
  seed: 0,
  testLimit: Number.MAX_SAFE_INTEGER,
  finalTestLimit: Number.MAX_SAFE_INTEGER,
  validationLimit: Number.MAX_SAFE_INTEGER,
  sampleCount: 0,
  checkpointEvery: 0,
  checkpointMinutes: 0,
};

/** The options that were given: one that is undefined was left out. */
export function withoutUndefined(given: TrainOptions): TrainOptions {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as unknown as TrainOptions;
}

/** Options with nothing left open. */
export type SettledOptions = TrainOptions & TrainDefaults & { readonly preparation: Preparation };
