/** Gradients of the loss by programs, apart from what is done with them: what several threads compute, each of its part of a batch. */
import type { Network } from "@pixelcnn/core";
import type { Batch } from "@pixelcnn/core/data";
import { type DropoutNoise, FlatLayout, kindOf, traceGradient } from "@pixelcnn/core/training";
import { batchArguments } from "./batch-arguments.ts";
import { Program } from "./compile.ts";

/** A gradient in arrays that are overwritten by the next one. */
export interface ProgramGradient {
  /** [N] in the order of `FlatLayout`. */
  readonly gradient: Float32Array;
  /** Batch norm's statistics of the batch, [S]; null for a network without batch norm. */
  readonly statistics: Float32Array | null;
  /** Mean negative log-likelihood of the batch, nats per picture. */
  readonly nats: number;
}

/** Gradients of one network on this thread. Nothing has to be disposed of. */
export class ProgramGradients {
  readonly #network: Network;
  readonly #allowed: Float32Array | null;
  /** By kind and size of the batch. */
  readonly #programs = new Map<string, Program>();

  constructor(network: Network) {
    this.#network = network;
    this.#allowed = new FlatLayout(network).allowed();
  }

  /** The gradient at the given weights, [N], with every batch norm's statistics of this batch. */
  compute(weights: Float32Array, batch: Batch, dropout: DropoutNoise): ProgramGradient {
    const program = this.#programOf(batch);
    program.giveAll({ weights, allowed: this.#allowed, ...batchArguments(batch, dropout) });
    program.run();
    const nats = program.result("natsOfPictures");
    return {
      gradient: program.result("gradient"),
      statistics: program.resultNames.includes("statistics") ? program.result("statistics") : null,
      nats: nats.reduce((sum, value) => sum + value, 0) / nats.length,
    };
  }

  #programOf(batch: Batch): Program {
    const [kind, size] = [kindOf(batch), batch.labels.length];
    const key = `${kind} ${size}`;
    const program = this.#programs.get(key) ?? new Program(traceGradient(this.#network, size, kind));
    this.#programs.set(key, program);
    return program;
  }
}
