/**
 * One network being trained: its weights and the step that changes them. Knows nothing of epochs, data sets or time.
 *
 *     one step: gradient, clip, Adam, running statistics, moving average
 */
import { dispose, norm, type Tensor, type Tensor1D, tensor1d, tidy } from "@tensorflow/tfjs-core";
import type { Batch } from "../data/preparation.ts";
import { PixelCnnError } from "../errors.ts";
import type { Model } from "../network/model.ts";
import type { ParameterTensors } from "../tensors/forward.ts";
import { type AdamOptions, adamStep } from "./adam.ts";
import type { DropoutNoise } from "./dropout.ts";
import { FlatLayout, splitVector } from "./flat-layout.ts";
import { type GradientComputer, type GradientResult, LocalGradients } from "./gradients.ts";
import { averageDecay, updateAverage } from "./moving-average.ts";

/** Share that batch norm's running statistics keep of themselves a step (Ioffe & Szegedy 2015, section 3.1). */
const STATISTICS_DECAY = 0.9;

/** The vectors of a `TrainingState` as tensors. */
interface Vectors {
  weights: Tensor1D;
  statistics: Tensor1D;
  averagedWeights: Tensor1D;
  averagedStatistics: Tensor1D;
  firstMoment: Tensor1D;
  secondMoment: Tensor1D;
}
export type VectorName = keyof Vectors;

/** Options of {@link Trainer}. */
export interface TrainerOptions extends AdamOptions {
  /** Most that the average keeps of itself a step, d. */
  readonly averageDecay: number;
  /** Where gradients come from; the current backend by default. The trainer disposes it. */
  readonly gradients?: GradientComputer | undefined;
}

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

/** The weights of one network and the step that changes them, all on the current backend. The caller disposes. */
export class Trainer {
  readonly layout: FlatLayout;
  readonly #options: TrainerOptions;
  readonly #vectors: Vectors;
  readonly #gradients: GradientComputer;
  /** Steps done. */
  step = 0;

  /** Starts from a model's weights; {@link restore} continues from a state. */
  constructor(model: Model, options: TrainerOptions) {
    this.#options = options;
    this.#gradients = options.gradients ?? new LocalGradients(model.network);
    this.layout = new FlatLayout(model.network);
    const weights = this.layout.flattenWeights(model);
    const statistics = this.layout.flattenStatistics(model);
    this.#vectors = {
      weights: tensor1d(weights),
      statistics: tensor1d(statistics),
      averagedWeights: tensor1d(weights),
      averagedStatistics: tensor1d(statistics),
      firstMoment: tensor1d(new Float32Array(weights.length)),
      secondMoment: tensor1d(new Float32Array(weights.length)),
    };
  }

  /**
   * One optimiser step.
   *
   * @param dropout addresses of the batch's dropout noise.
   * @returns mean nats a picture before the step, and the norm of the gradient before clipping.
   * @throws {DivergedError} when the loss or gradient is not finite; nothing has changed then.
   */
  async train(
    batch: Batch,
    learningRate: number,
    dropout: DropoutNoise,
  ): Promise<{ nats: number; gradientNorm: number }> {
    const result = await this.#gradients.compute({ weights: this.#vectors.weights, batch, dropout });
    const length = tidy(() => norm(result.gradient));
    try {
      const [gradientNorm] = (await length.data()) as unknown as [number];
      const { nats } = result;
      if (!Number.isFinite(nats) || !Number.isFinite(gradientNorm))
        throw new DivergedError(this.step + 1, nats);
      this.#apply(result, gradientNorm, learningRate);
      return { nats, gradientNorm };
    } finally {
      dispose([length, result.gradient, ...(result.statistics === null ? [] : [result.statistics])]);
    }
  }

  /** The averaged parameters by name. The caller disposes. */
  averagedParameters(): ParameterTensors {
    return new Map<string, Tensor>(
      tidy(() => [
        ...splitVector(this.layout.trained, this.#vectors.averagedWeights),
        ...splitVector(this.layout.statistics, this.#vectors.averagedStatistics),
      ]),
    );
  }

  /** Copies of all vectors. */
  async vectors(): Promise<Record<VectorName, Float32Array>> {
    const copies = Object.entries(this.#vectors).map(
      async ([name, vector]) => [name, (await vector.data()).slice()] as const,
    );
    return Object.fromEntries(await Promise.all(copies)) as Record<VectorName, Float32Array>;
  }

  /** Continues from saved vectors. */
  restore(step: number, vectors: Record<VectorName, Float32Array>): void {
    this.step = step;
    for (const name of Object.keys(this.#vectors) as VectorName[]) {
      this.#update({ [name]: tensor1d(vectors[name]) });
    }
  }

  /** Frees the vectors and the gradient computer. */
  dispose(): void {
    dispose(Object.values(this.#vectors));
    this.#gradients.dispose();
  }

  #apply({ gradient, statistics }: GradientResult, gradientNorm: number, learningRate: number): void {
    this.step += 1;
    this.#update(adamStep(this.#vectors, gradient, gradientNorm, this.step, learningRate, this.#options));
    if (statistics !== null) {
      this.#update({ statistics: updateAverage(this.#vectors.statistics, statistics, STATISTICS_DECAY) });
    }
    const decay = averageDecay(this.#options.averageDecay, this.step);
    const { averagedWeights, averagedStatistics, weights, statistics: running } = this.#vectors;
    this.#update({ averagedWeights: updateAverage(averagedWeights, weights, decay) });
    if (statistics !== null)
      this.#update({ averagedStatistics: updateAverage(averagedStatistics, running, decay) });
  }

  #update(vectors: Partial<Vectors>): void {
    for (const [name, vector] of Object.entries(vectors) as [VectorName, Tensor1D][]) {
      this.#vectors[name].dispose();
      this.#vectors[name] = vector;
    }
  }
}
