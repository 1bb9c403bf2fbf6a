/**
 * Running mean and variance of batch norm, from those of the batches.
 *
 *     running ← running + (1 - ρ)(batch - running)          ρ = 0.9          Ioffe & Szegedy 2015, section 3.1
 */
import { concat, keep, type Tensor, type Tensor1D, tensor1d, tidy } from "@tensorflow/tfjs-core";
import type { NetworkNode } from "../network/graph.ts";
import type { Slot } from "./flat-layout.ts";
import { updateAverage } from "./moving-average.ts";

const MOMENTUM = 0.9;

/** Collects the statistics of one forward pass. */
export class StatisticsRecorder {
  readonly #recorded = new Map<string, Tensor>();

  constructor(private readonly slots: readonly Slot[]) {}

  record(node: NetworkNode & { op: "batchNorm" }, mean: Tensor1D, variance: Tensor1D): void {
    this.#recorded.set(node.mean, keep(mean.clone()));
    this.#recorded.set(node.variance, keep(variance.clone()));
  }

  /** The running statistics after this batch, [S], a new tensor. */
  update(running: Tensor1D): Tensor1D {
    return tidy(() => {
      if (this.slots.length === 0) return tensor1d([], "float32");
      const batch = concat(this.slots.map(({ name }) => this.#recorded.get(name)!)) as Tensor1D;
      return updateAverage(running, batch, MOMENTUM);
    });
  }

  dispose(): void {
    for (const tensor of this.#recorded.values()) tensor.dispose();
  }
}
