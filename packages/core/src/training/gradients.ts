/**
 * The gradient of the loss, apart from what is done with it, so that it can be computed here, on another thread, or in
 * several places at once.
 *
 *     L = mean over the batch of nats / (H·W·C)
 *
 * Weights that a mask forbids start at 0; their gradient is masked, so they stay 0 and no forward pass has to mask them.
 */

import {
  concat,
  dispose,
  keep,
  mean,
  mul,
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
import type { Network } from "../network/graph.ts";
import { dimensions } from "../picture.ts";
import { forward } from "../tensors/forward.ts";
import { negativeLogLikelihood } from "../tensors/negative-log-likelihood.ts";
import { oneHotLabels } from "../tensors/upload.ts";
import { type DropoutNoise, dropoutMask } from "./dropout.ts";
import { FlatLayout, splitVector } from "./flat-layout.ts";

/** One gradient to compute: of which weights, on which pictures. */
export interface GradientRequest {
  /** [N] in the order of {@link FlatLayout}. */
  readonly weights: Tensor1D;
  readonly batch: Batch;
  readonly dropout: DropoutNoise;
}

/** A gradient, and what came with it. */
export interface GradientResult {
  /** [N]; the caller disposes. */
  readonly gradient: Tensor1D;
  /** Batch norm's statistics of this batch, [S]; null for a network without batch norm. The caller disposes. */
  readonly statistics: Tensor1D | null;
  /** Mean negative log-likelihood of the batch, nats per picture. */
  readonly nats: number;
}

/** Something that computes gradients of one network: on this thread, on others, or elsewhere. */
export interface GradientComputer {
  /** The gradient of the loss at the given weights. */
  compute(request: GradientRequest): Promise<GradientResult>;
  /** Frees what it holds between requests. */
  dispose(): void;
}

/** Computes gradients on the current backend. */
export class LocalGradients implements GradientComputer {
  readonly #network: Network;
  readonly #layout: FlatLayout;
  readonly #allowed: Tensor1D | null;

  constructor(network: Network) {
    this.#network = network;
    this.#layout = new FlatLayout(network);
    const allowed = this.#layout.allowed();
    this.#allowed = allowed === null ? null : tensor1d(allowed);
  }

  /** The gradient of the loss at the given weights, with every batch norm's statistics of this batch. */
  async compute(request: GradientRequest): Promise<GradientResult> {
    const statistics = new Map<string, Tensor>();
    const { gradient, loss } = tidy(() => this.#differentiate(request, statistics));
    try {
      const [value] = await loss.data();
      return {
        gradient,
        statistics: this.#collect(statistics),
        nats: value! * dimensions(this.#network.picture),
      };
    } finally {
      dispose([loss, ...statistics.values()]);
    }
  }

  /** Frees the mask of the weights. */
  dispose(): void {
    this.#allowed?.dispose();
  }

  #differentiate({ weights, batch, dropout }: GradientRequest, statistics: Map<string, Tensor>) {
    const { picture, classes } = this.#network;
    const { height, width, channels } = picture;
    const levels = tensor4d(Float32Array.from(batch.levels), [batch.labels.length, height, width, channels]);
    const labels = classes === 0 ? undefined : oneHotLabels(batch.labels, classes);
    const trained = splitVector(this.#layout.trained, weights);
    const loss = (...values: Tensor[]) => {
      const parameters = new Map(trained.map(([name], i) => [name, values[i]!]));
      const logits: Tensor4D = forward(this.#network, parameters, levels, {
        labels,
        training: {
          dropoutMask: (node, rate, shape) => dropoutMask(node, rate, shape, dropout),
          batchStatistics: (node, batchMean, variance) => {
            statistics.set(node.mean, keep(batchMean.clone()));
            statistics.set(node.variance, keep(variance.clone()));
          },
        },
      });
      const nats = negativeLogLikelihood(logits, levels, picture);
      return mul(mean(nats), 1 / dimensions(picture)) as Scalar;
    };
    const { value, grads } = valueAndGrads(loss)(trained.map(([, tensor]) => tensor));
    const flat = concat(grads.map((part) => reshape(part, [-1]))) as Tensor1D;
    return { loss: value, gradient: this.#allowed === null ? flat : (mul(flat, this.#allowed) as Tensor1D) };
  }

  #collect(statistics: ReadonlyMap<string, Tensor>): Tensor1D | null {
    const slots = this.#layout.statistics;
    return slots.length === 0 ? null : (concat(slots.map(({ name }) => statistics.get(name)!)) as Tensor1D);
  }
}
