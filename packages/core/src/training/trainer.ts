/**
 * One network being trained: its tensors and the step that changes them. Knows nothing of epochs, data sets or time.
 *
 *     L = mean over the batch of nats / (H·W·C)          one step: ∇L, clip, Adam, average
 *
 * Weights that a mask forbids start at 0; their gradient is masked, so they stay 0 and no forward pass has to mask them.
 */
import {
  concat,
  dispose,
  mean,
  mul,
  norm,
  reshape,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
  tidy,
  valueAndGrads,
} from "@tensorflow/tfjs-core";
import type { Batch } from "../data/preparation.ts";
import { PixelCnnError } from "../network/errors.ts";
import { dimensions, type Network } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import { forward, type ParameterTensors } from "../tensors/forward.ts";
import { negativeLogLikelihood } from "../tensors/negative-log-likelihood.ts";
import { oneHotLabels } from "../tensors/upload.ts";
import { type AdamOptions, adamStep } from "./adam.ts";
import { type DropoutNoise, dropoutMask } from "./dropout.ts";
import { FlatLayout, splitVector } from "./flat-layout.ts";
import { averageDecay, updateAverage } from "./moving-average.ts";
import { StatisticsRecorder } from "./running-statistics.ts";

/** The vectors of a {@link TrainingState} as tensors. */
interface Vectors {
  weights: Tensor1D;
  statistics: Tensor1D;
  averagedWeights: Tensor1D;
  averagedStatistics: Tensor1D;
  firstMoment: Tensor1D;
  secondMoment: Tensor1D;
}
export type VectorName = keyof Vectors;

export interface TrainerOptions extends AdamOptions {
  /** Most that the average keeps of itself a step, d. */
  readonly averageDecay: number;
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

export class Trainer {
  readonly layout: FlatLayout;
  readonly #network: Network;
  readonly #vectors: Vectors;
  readonly #allowed: Tensor1D | null;
  /** Steps done. */
  step = 0;

  /** Starts from a model's weights; {@link restore} continues from a state. */
  constructor(
    model: Model,
    private readonly options: TrainerOptions,
  ) {
    this.#network = model.network;
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
    const allowed = this.layout.allowed();
    this.#allowed = allowed === null ? null : tensor1d(allowed);
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
    const step = this.step + 1;
    const statistics = new StatisticsRecorder(this.layout.statistics);
    const { gradient, figures } = tidy(() => {
      const parts = this.#gradients(batch, dropout, statistics);
      const flat = concat(parts.gradients.map((part) => reshape(part, [-1]))) as Tensor1D;
      const gradient = this.#allowed === null ? flat : (mul(flat, this.#allowed) as Tensor1D);
      const figures = concat([reshape(parts.loss, [1]), reshape(norm(gradient), [1])]) as Tensor1D;
      return { gradient, figures };
    });
    try {
      const [loss, gradientNorm] = (await figures.data()) as unknown as [number, number];
      const nats = loss * dimensions(this.#network.picture);
      if (!Number.isFinite(nats) || !Number.isFinite(gradientNorm)) throw new DivergedError(step, nats);
      this.#update(adamStep(this.#vectors, gradient, gradientNorm, step, learningRate, this.options));
      this.#update({ statistics: statistics.update(this.#vectors.statistics) });
      const decay = averageDecay(this.options.averageDecay, step);
      const { averagedWeights, averagedStatistics, weights, statistics: running } = this.#vectors;
      this.#update({
        averagedWeights: updateAverage(averagedWeights, weights, decay),
        averagedStatistics: updateAverage(averagedStatistics, running, decay),
      });
      this.step = step;
      return { nats, gradientNorm };
    } finally {
      dispose([gradient, figures]);
      statistics.dispose();
    }
  }

  /** The averaged parameters by name. The caller disposes. */
  averagedParameters(): ParameterTensors {
    return new Map(
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

  dispose(): void {
    dispose([...Object.values(this.#vectors), ...(this.#allowed === null ? [] : [this.#allowed])]);
  }

  #gradients(batch: Batch, dropout: DropoutNoise, statistics: StatisticsRecorder) {
    const { height, width, channels } = this.#network.picture;
    const levels = tensor4d(Float32Array.from(batch.levels), [batch.labels.length, height, width, channels]);
    const labels =
      this.#network.classes === 0 ? undefined : oneHotLabels(batch.labels, this.#network.classes);
    const trained = splitVector(this.layout.trained, this.#vectors.weights);
    const loss = (...parameters: Tensor[]) => {
      const logits: Tensor4D = forward(
        this.#network,
        new Map(trained.map(([name], i) => [name, parameters[i]!])),
        levels,
        {
          labels,
          training: {
            dropoutMask: (node, rate, shape) => dropoutMask(node, rate, shape, dropout),
            batchStatistics: (node, mean, variance) => statistics.record(node, mean, variance),
          },
        },
      );
      const nats = negativeLogLikelihood(logits, levels, this.#network.picture);
      return mul(mean(nats), 1 / dimensions(this.#network.picture)) as Scalar;
    };
    const { value, grads } = valueAndGrads(loss)(trained.map(([, tensor]) => tensor));
    return { loss: value, gradients: grads };
  }

  #update(vectors: Partial<Vectors>): void {
    for (const [name, vector] of Object.entries(vectors) as [VectorName, Tensor1D][]) {
      this.#vectors[name].dispose();
      this.#vectors[name] = vector;
    }
  }
}
