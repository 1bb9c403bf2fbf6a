/**
 * All parameters of a network as two flat vectors, trained weights and running statistics. Adam, clipping and averaging
 * then are a handful of operations on one long vector instead of hundreds on short ones.
 */
import type { Network } from "../network/graph.ts";
import { defineModel, type Model } from "../network/model.ts";
import { masksOf, type Parameter, parametersOf, size } from "../network/parameters.ts";

/** A parameter and its place in a flat vector. */
export interface Slot extends Parameter {
  /** Where it begins in its vector. */
  readonly start: number;
}

/** Where every parameter of a network lies in its two flat vectors: trained weights [N] and running statistics [S]. */
export class FlatLayout {
  readonly trained: readonly Slot[];
  readonly statistics: readonly Slot[];

  constructor(readonly network: Network) {
    const parameters = parametersOf(network);
    this.trained = place(parameters.filter(({ trainable }) => trainable));
    this.statistics = place(parameters.filter(({ trainable }) => !trainable));
  }

  /** N, numbers that are trained. */
  get weightCount(): number {
    return lengthOf(this.trained);
  }

  /** S, running statistics. */
  get statisticCount(): number {
    return lengthOf(this.statistics);
  }

  /** The trained weights of a model as one vector, [N]. */
  flattenWeights(model: Model): Float32Array {
    return flatten(this.trained, model);
  }

  /** The running statistics of a model as one vector, [S]. */
  flattenStatistics(model: Model): Float32Array {
    return flatten(this.statistics, model);
  }

  /** 1 where a weight may differ from 0, 0 where a mask forbids it; null when no mask forbids anything. */
  allowed(): Float32Array | null {
    const masks = masksOf(this.network);
    if (masks.size === 0) return null;
    const allowed = new Float32Array(lengthOf(this.trained)).fill(1);
    for (const { name, start } of this.trained) {
      const mask = masks.get(name);
      if (mask !== undefined) allowed.set(mask, start);
    }
    return allowed;
  }

  /** A model from both vectors (copied). */
  toModel(weights: Float32Array, statistics: Float32Array): Model {
    const cut = (slots: readonly Slot[], vector: Float32Array) =>
      slots.map(({ name, shape, start }): [string, Float32Array] => [
        name,
        vector.slice(start, start + size(shape)),
      ]);
    return defineModel(
      this.network,
      new Map([...cut(this.trained, weights), ...cut(this.statistics, statistics)]),
    );
  }
}

function place(parameters: readonly Parameter[]): Slot[] {
  let start = 0;
  return parameters.map((parameter) => {
    const slot = { ...parameter, start };
    start += size(parameter.shape);
    return slot;
  });
}

function flatten(slots: readonly Slot[], { weights }: Model): Float32Array {
  const vector = new Float32Array(lengthOf(slots));
  for (const { name, start } of slots) vector.set(weights.get(name)!, start);
  return vector;
}

function lengthOf(slots: readonly Slot[]): number {
  const last = slots.at(-1);
  return last === undefined ? 0 : last.start + size(last.shape);
}
