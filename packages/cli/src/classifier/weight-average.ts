/** The average of a network's weights over its training: steadier than the last of them. */
import type { Sequential } from "@tensorflow/tfjs";
import { add, dispose, mul, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** Begins with the weights as they are. The caller disposes it. */
export class WeightAverage {
  readonly #network: Sequential;
  #average: Tensor[];

  constructor(network: Sequential) {
    this.#network = network;
    this.#average = network.getWeights().map((weight) => weight.clone());
  }

  /** @param decay what the average keeps of itself. */
  add(decay: number): void {
    const weights = this.#network.getWeights();
    const before = this.#average;
    this.#average = before.map((mean, i) => tidy(() => add(mul(mean, decay), mul(weights[i]!, 1 - decay))));
    dispose(before);
  }

  /** Gives the network the average. */
  take(): void {
    this.#network.setWeights(this.#average);
  }

  dispose(): void {
    dispose(this.#average);
  }
}
