import { ShapeError } from "../errors.ts";
import type { FlatLayout } from "./flat-layout.ts";

/** Everything that a training needs to go on as if it had never stopped. Noise needs no state: it is addressed. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  /** Epoch it is in, from 1. */
  readonly epoch: number;
  /** Pictures of this epoch that were used, or pixels. */
  readonly position: number;
  /** Sum of nats per picture over them. */
  readonly epochNats: number;
  /** Time that the training has taken so far. */
  readonly elapsedMs: number;
  /** Flat vectors in the layout of {@link FlatLayout}: weights, running statistics, and their averages. */
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
  readonly averagedWeights: Float32Array;
  readonly averagedStatistics: Float32Array;
  /** Adam's moments. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** @throws {ShapeError} when the vectors of a state are not as long as the network's. */
export function checkState({ weightCount, statisticCount }: FlatLayout, state: TrainingState): void {
  for (const [name, length] of [
    ...(["weights", "averagedWeights", "firstMoment", "secondMoment"] as const).map(
      (key) => [key, weightCount] as const,
    ),
    ...(["statistics", "averagedStatistics"] as const).map((key) => [key, statisticCount] as const),
  ]) {
    if (state[name].length === length) continue;
    throw new ShapeError(
      `the state to go on from: expected ${length} numbers as ${name}, got ${state[name].length}; it is of another network`,
    );
  }
}
