/** Steps that were sent to an engine and are not told yet, the oldest first. */
import type { Batch } from "../data/preparation.ts";
import type { DropoutNoise } from "../random/dropout-mask.ts";
import type { StepResult, TrainingEngine } from "./engine.ts";

/** A step that is done. */
export interface ToldStep extends StepResult {
  /** What it learned from, which the engine reads no longer. */
  readonly batch: Batch;
  readonly learningRate: number;
  /** From when nothing but this step was waited for. */
  readonly elapsedMs: number;
}

interface SentStep {
  readonly result: Promise<StepResult>;
  readonly batch: Batch;
  readonly learningRate: number;
  readonly sentMs: number;
}

export class StepsUnderWay {
  readonly #engine: TrainingEngine;
  readonly #sent: SentStep[] = [];
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(engine: TrainingEngine) {
    this.#engine = engine;
  }

  get count(): number {
    return this.#sent.length;
  }

  /** Sends a step behind those that are under way. */
  send(batch: Batch, learningRate: number, dropout: DropoutNoise): void {
    const sentMs = performance.now();
    const result = this.#engine.train(batch, learningRate, dropout);
    // Whoever takes the step is told why it failed. Nobody takes one that was sent behind a step that failed.
    result.catch(() => {});
    this.#sent.push({ result, batch, learningRate, sentMs });
  }

  /** Waits for the oldest, of which there is one. @throws what its engine throws */
  async takeOldest(): Promise<ToldStep> {
    const { result, batch, learningRate, sentMs } = this.#sent.shift()!;
    const { nats, gradientNorm } = await result;
    const from = Math.max(sentMs, this.#toldMs);
    this.#toldMs = performance.now();
    return { nats, gradientNorm, batch, learningRate, elapsedMs: this.#toldMs - from };
  }
}
