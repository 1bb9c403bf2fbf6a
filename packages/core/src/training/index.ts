/**
 * Training and evaluation; needs TensorFlow.js with a backend registered.
 *
 * @module @pixelcnn/core/training
 */

export { tellsPosition } from "../network/operations/planes.ts";
export type { DropoutNoise } from "../random/dropout-mask.ts";
export { averageDecay } from "./average-decay.ts";
export { checkDataset } from "./check-dataset.ts";
export {
  DivergedError,
  type EngineOptions,
  type EngineStarter,
  type StepResult,
  type TrainingEngine,
  type TrainingVectors,
  type VectorName,
  vectorNames,
} from "./engine.ts";
export { type EvaluationOptions, evaluate, evaluateBatches } from "./evaluate.ts";
export type {
  CheckpointEvent,
  DoneEvent,
  EvaluationEvent,
  SamplesEvent,
  StepEvent,
  TrainingEvent,
} from "./events.ts";
export { FlatLayout } from "./flat-layout.ts";
export { traceGradient } from "./gradient-computation.ts";
export {
  type GradientComputer,
  type GradientRequest,
  type GradientResult,
  LocalGradients,
} from "./gradients.ts";
export { initialise } from "./initialise.ts";
export { traceLikelihood } from "./likelihood-computation.ts";
export { type OptimiserName, type OptimiserOptions, optimiserNames } from "./optimiser.ts";
export { learningRateAt } from "./schedule.ts";
export type { TrainingState } from "./state.ts";
export {
  STATISTICS_DECAY,
  type StepOptions,
  scalarsOf,
  traceStep,
} from "./step-computation.ts";
export { type BatchKind, batchShape, kindOf } from "./traced-batch.ts";
export { train } from "./train.ts";
export type { TrainDefaults, TrainOptions } from "./train-options.ts";
export { onTensorflow, Trainer, type TrainerOptions } from "./trainer.ts";
export { warmStart } from "./warm-start.ts";
export { yieldToEvents } from "./yield-to-events.ts";
