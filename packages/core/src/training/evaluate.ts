/** Likelihood of a part of a data set: the mean negative log-likelihood of its pictures. */

import { dispose, type Tensor1D, tensor1d, tidy } from "@tensorflow/tfjs-core";
import { checkCount } from "../check-count.ts";
import { onceFor } from "../computation/once-for.ts";
import { DataError } from "../data/data-error.ts";
import type { Dataset, Split } from "../data/dataset.ts";
import { type Batch, type Preparation, readBatch } from "../data/preparation.ts";
import type { MeanLikelihood } from "../likelihoods/mean-likelihood.ts";
import type { Network } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import { countWeights } from "../network/parameters.ts";
import { bitsPerDim } from "../picture.ts";
import { execute } from "../tensors/execute.ts";
import { batchTensors } from "./batch-tensors.ts";
import { checkDataset, checkPreparedLevels } from "./check-dataset.ts";
import { FlatLayout } from "./flat-layout.ts";
import { traceLikelihood } from "./likelihood-computation.ts";
import { yieldToEvents } from "./yield-to-events.ts";

/** How a split is evaluated. */
export interface EvaluationOptions {
  readonly preparation: Preparation;
  /** For dynamic binarisation; 0 by default. */
  readonly seed?: number;
  /** 32 by default, and fewer for large networks; changes nothing but speed, memory, and how soon a signal is heard. */
  readonly batchSize?: number;
  /** Told after every batch. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told the nats of every picture of a batch, in the order of the split. */
  readonly onNats?: (nats: Float32Array) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Evaluates a model on every picture of a split.
 *
 * @throws {DataError} when the set or its preparation does not fit the model, or the split is empty; {OptionError} for a batch size that is none.
 */
export async function evaluate(
  model: Model,
  dataset: Dataset,
  split: Split,
  options: EvaluationOptions,
): Promise<MeanLikelihood> {
  const layout = new FlatLayout(model.network);
  const weights = tensor1d(layout.flattenWeights(model));
  const statistics = tensor1d(layout.flattenStatistics(model));
  try {
    const natsOf = (batch: Batch) => batchNats(model.network, { weights, statistics }, batch);
    return await evaluateBatches(model.network, natsOf, dataset, split, options);
  } finally {
    dispose([weights, statistics]);
  }
}

/** The same for whatever gives the nats of every picture of a batch. */
export async function evaluateBatches(
  network: Network,
  natsOf: (batch: Batch) => Promise<Float32Array>,
  dataset: Dataset,
  split: Split,
  options: EvaluationOptions,
): Promise<MeanLikelihood> {
  const { preparation, seed = 0, batchSize = batchSizeFor(network), onProgress, onNats, signal } = options;
  checkDataset(network, dataset);
  checkPreparedLevels(network, preparation);
  checkCount("batchSize", batchSize);
  if (split.length === 0) {
    throw new DataError(
      `${dataset.name}: expected at least 1 picture to evaluate, got none; choose another part, or add pictures`,
    );
  }
  let sum = 0;
  for (let start = 0; start < split.length; start += batchSize) {
    const count = Math.min(batchSize, split.length - start);
    const indices = Array.from({ length: count }, (_, i) => start + i);
    const nats = await natsOf(readBatch(dataset, split, indices, preparation, { seed, time: 0 }));
    for (const value of nats) sum += value;
    onNats?.(nats);
    onProgress?.(start + count, split.length);
    await yieldToEvents(); // lets signals and timers in
    signal?.throwIfAborted();
  }
  const nats = sum / split.length;
  return { images: split.length, nats, bitsPerDim: bitsPerDim(nats, network.picture) };
}

/** All parameters of a network on the current backend: weights [N] and running statistics [S]. */
export interface ParameterVectors {
  readonly weights: Tensor1D;
  readonly statistics: Tensor1D;
}

/** Negative log-likelihood of every picture of a batch, nats, [B], on the current backend. */
export async function batchNats(
  network: Network,
  { weights, statistics }: ParameterVectors,
  batch: Batch,
): Promise<Float32Array> {
  const computation = likelihoodFor(network, batch.labels.length);
  const nats = tidy(
    () => execute(computation, [weights, statistics, ...batchTensors(network, batch)]).nats as Tensor1D,
  );
  try {
    return await nats.data<"float32">();
  } finally {
    nats.dispose();
  }
}

const likelihoodFor = onceFor(traceLikelihood);

/** Products of a batch, at most, where nobody chose: half a second on a core, after which signals and timers are heard again. */
const MOST_PRODUCTS = 2 ** 31;

/** Every weight meets every pixel once. */
function batchSizeFor(network: Network): number {
  const { height, width } = network.picture;
  const products = countWeights(network) * height * width;
  return Math.max(1, Math.min(32, Math.floor(MOST_PRODUCTS / products)));
}
