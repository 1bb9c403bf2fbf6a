import type { SettledOptions } from "./train-options.ts";

/** How far a training is, by its own measure, how fast, and for how long it has saved nothing. */
export class Clock {
  hasSaved = false;
  #savedMs = performance.now();
  readonly #started: number;
  readonly #totalSteps: number;
  readonly #totalMs: number;
  #pictures = 0;
  #trainingMs = 0;

  constructor(trainLength: number, { length, batchSize, resume }: SettledOptions) {
    this.#started = performance.now() - (resume?.elapsedMs ?? 0);
    const stepsPerEpoch = Math.ceil(trainLength / batchSize);
    this.#totalMs = "minutes" in length ? length.minutes * 60_000 : Number.POSITIVE_INFINITY;
    this.#totalSteps =
      "steps" in length
        ? length.steps
        : "epochs" in length
          ? length.epochs * stepsPerEpoch
          : Number.POSITIVE_INFINITY;
  }

  get elapsedMs(): number {
    return performance.now() - this.#started;
  }

  get unsavedMinutes(): number {
    return (performance.now() - this.#savedMs) / 60_000;
  }

  saved(): void {
    this.hasSaved = true;
    this.#savedMs = performance.now();
  }

  get imagesPerSecond(): number {
    return this.#trainingMs === 0 ? 0 : (1000 * this.#pictures) / this.#trainingMs;
  }

  count(pictures: number, elapsedMs: number): void {
    this.#pictures += pictures;
    this.#trainingMs += elapsedMs;
  }

  /** @param elapsedMs when; now by default. */
  progress(step: number, elapsedMs = this.elapsedMs): number {
    const byTime = Number.isFinite(this.#totalMs) ? elapsedMs / this.#totalMs : 0;
    return Math.min(1, Math.max(byTime, step / this.#totalSteps));
  }

  /** @param reserveMs time that is spoken for. */
  over(step: number, reserveMs: number): boolean {
    return this.progress(step) >= 1 || this.elapsedMs + reserveMs >= this.#totalMs;
  }
}
