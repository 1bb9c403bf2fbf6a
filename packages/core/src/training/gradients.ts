/**
 * Gradients of the loss, apart from what is done with them, so that they can be computed here, on another thread, or in several places at once.
 */
import { type Tensor, type Tensor1D, tensor1d, tidy } from "@tensorflow/tfjs-core";
import { onceFor } from "../computation/once-for.ts";
import type { Batch } from "../data/preparation.ts";
import type { Network } from "../network/graph.ts";
import type { DropoutNoise } from "../random/dropout-mask.ts";
import { noiseTensors } from "../tensors/dropout-mask.ts";
import { execute } from "../tensors/execute.ts";
import { batchTensors } from "./batch-tensors.ts";
import { FlatLayout } from "./flat-layout.ts";
import { traceGradient } from "./gradient-computation.ts";
import { kindOf } from "./traced-batch.ts";

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
  readonly #allowed: Tensor1D | null;

  constructor(network: Network) {
    this.#network = network;
    const allowed = new FlatLayout(network).allowed();
    this.#allowed = allowed === null ? null : tensor1d(allowed);
  }

  /** The gradient of the loss at the given weights, with every batch norm's statistics of this batch. */
  async compute(request: GradientRequest): Promise<GradientResult> {
    const { gradient, natsOfPictures, statistics } = tidy(() => this.#execute(request)) as {
      gradient: Tensor1D;
      natsOfPictures: Tensor1D;
      statistics?: Tensor1D;
    };
    try {
      const nats = await natsOfPictures.data<"float32">();
      const mean = nats.reduce((sum, value) => sum + value, 0) / nats.length;
      return { gradient, statistics: statistics ?? null, nats: mean };
    } finally {
      natsOfPictures.dispose();
    }
  }

  /** Frees the mask of the weights. */
  dispose(): void {
    this.#allowed?.dispose();
  }

  #execute({ weights, batch, dropout }: GradientRequest): Record<string, Tensor> {
    const computation = gradientFor(this.#network, batch.labels.length, kindOf(batch));
    const drops = computation.arguments.some(({ name }) => name === "seed");
    return execute(computation, [
      weights,
      ...batchTensors(this.#network, batch),
      ...(drops ? noiseTensors(dropout) : []),
      ...(this.#allowed === null ? [] : [this.#allowed]),
    ]);
  }
}

const gradientFor = onceFor(traceGradient);
