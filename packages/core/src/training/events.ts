/** What a training tells: the one thing that the trainer's printer, the dashboard and the run directory have in common. */

import type { MeanLikelihood } from "../likelihoods/mean-likelihood.ts";
import type { Model } from "../network/model.ts";
import type { LevelArray } from "../picture.ts";
import type { TrainingState } from "./state.ts";

/** One optimiser step. */
export interface StepEvent {
  readonly type: "step";
  /** From 1. */
  readonly step: number;
  readonly epoch: number;
  /** Share of the training that is done, 0 ... 1. */
  readonly progress: number;
  /** Mean negative log-likelihood of the batch, nats per picture, before the step. */
  readonly nats: number;
  readonly learningRate: number;
  /** Norm of the gradient before clipping. */
  readonly gradientNorm: number;
  /** Pictures, since this trainer started, without evaluation. */
  readonly imagesPerSecond: number;
}

/** Likelihoods at the end of an epoch, or of a run shorter than one. */
export interface EvaluationEvent {
  readonly type: "evaluation";
  readonly step: number;
  readonly epoch: number;
  /** Mean over the training pictures of this epoch while the weights were changing, nats per picture. */
  readonly trainNats: number;
  /** Averaged weights on validation and test pictures. */
  readonly validation: MeanLikelihood;
  readonly test: MeanLikelihood;
  readonly imagesPerSecond: number;
  /** True for the last one. */
  readonly final: boolean;
}

/** Pictures drawn from the averaged weights, with the same noise every time. */
export interface SamplesEvent {
  readonly type: "samples";
  readonly step: number;
  readonly epoch: number;
  readonly count: number;
  /** [count, H, W, C] levels. */
  readonly pixels: LevelArray;
}

/** A moment from which the training can be continued. */
export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly step: number;
  readonly epoch: number;
  /** Averaged weights: what one draws with. */
  readonly model: Model;
  readonly state: TrainingState;
}

/** The last event of every training. */
export interface DoneEvent {
  readonly type: "done";
  readonly step: number;
  readonly epoch: number;
  /** True when the caller's signal ended it early. */
  readonly interrupted: boolean;
  readonly elapsedMs: number;
}

/** One thing that a training tells; `type` says which. */
export type TrainingEvent = StepEvent | EvaluationEvent | SamplesEvent | CheckpointEvent | DoneEvent;
