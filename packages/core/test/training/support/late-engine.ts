import type { Batch } from "../../../src/data/index.ts";
import {
  type DropoutNoise,
  type EngineStarter,
  type StepResult,
  Trainer,
  type TrainingEngine,
  type TrainingVectors,
} from "../../../src/training/index.ts";

/** What an engine that computes elsewhere was asked, in order. */
export type Log = string[];

/** When a step fails, and how. */
export interface Failure {
  readonly step: number;
  readonly error: Error;
}

/**
 * An engine that is sent steps before it has told of earlier ones, as one on a device is. It computes with a trainer of TensorFlow.js, one step after
 * another, and refuses what no such engine is asked: more steps than its queue holds, and anything else while one is under way.
 */
export function lateEngine(queueLength: number, log: Log = [], failure?: Failure): EngineStarter {
  return async (model, options) =>
    new LateEngine(new Trainer(model, options), queueLength, log, failure ?? null);
}

class LateEngine implements TrainingEngine {
  #underWay = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly trainer: Trainer,
    readonly queueLength: number,
    private readonly log: Log,
    private readonly failure: Failure | null,
  ) {}

  get step(): number {
    return this.trainer.step;
  }

  train(batch: Batch, learningRate: number, dropout: DropoutNoise): Promise<StepResult> {
    if (this.#underWay === this.queueLength) throw new Error("expected room in the queue");
    this.#underWay += 1;
    this.log.push(`sent ${dropout.step}`);
    const result = this.#after(this.#last, batch, learningRate, dropout);
    this.#last = result;
    return result;
  }

  nats(batch: Batch): Promise<Float32Array> {
    this.#mustBeIdle();
    return this.trainer.nats(batch);
  }

  async vectors(): Promise<TrainingVectors> {
    this.#mustBeIdle();
    return this.trainer.vectors();
  }

  async restore(step: number, vectors: TrainingVectors): Promise<void> {
    this.#mustBeIdle();
    await this.trainer.restore(step, vectors);
  }

  async dispose(): Promise<void> {
    await this.#last.catch(() => {});
    this.log.push("disposed");
    await this.trainer.dispose();
  }

  async #after(before: Promise<unknown>, ...step: Parameters<Trainer["train"]>): Promise<StepResult> {
    try {
      await before;
      const number = step[2].step;
      if (number === this.failure?.step) throw this.failure.error;
      const result = await this.trainer.train(...step);
      this.log.push(`done ${number}`);
      return result;
    } finally {
      this.#underWay -= 1;
    }
  }

  #mustBeIdle(): void {
    if (this.#underWay > 0) throw new Error(`expected no step under way, there are ${this.#underWay}`);
  }
}
