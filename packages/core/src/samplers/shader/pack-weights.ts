/**
 * What the program reads and never writes: weights, constants, and tables that say where a sum's inputs are.
 *
 *     weights      [inputs, ⌈F / 4⌉] of four output channels: neighbouring invocations read neighbouring numbers
 *     constants    encoded levels, tables of embeddings, biases, constant buffers
 *     tables       an input (or, for rows, a window) as row distance · 2²⁰ + distance in floats within the row
 */
import type { Constants, Sum } from "../../lowering/index.ts";

/** Where the parts of a sum lie. */
export interface PackedSum {
  /** In vectors of four. */
  readonly weights: number;
  readonly bias: number;
  /** Inputs, those that fill it up to a multiple of the split included. */
  readonly inputs: number;
}

export class Packer {
  readonly #model: Constants;
  readonly #weights: number[] = [];
  readonly #constants: number[] = [];
  readonly #tables: number[] = [];

  /** @param model numbers of the model that is packed. */
  constructor(model: Constants) {
    this.#model = model;
  }

  /** @returns where the values begin. */
  constants(values: ArrayLike<number>): number {
    return append(this.#constants, values);
  }

  table(entries: ArrayLike<number>): number {
    return append(this.#tables, entries);
  }

  sum(sum: Sum, paddedInputs: number): PackedSum {
    const columns = 4 * Math.ceil(sum.channels / 4);
    const first = this.#weights.length;
    const rows = sum.windows.flatMap((window) =>
      Array.from({ length: window.length }, (_, k) => ({ window, k })),
    );
    for (let i = 0; i < paddedInputs; i++) {
      const row = rows[i];
      for (let f = 0; f < columns; f++) {
        this.#weights.push(
          row && f < sum.channels ? this.#model.weight(row.window, row.k, sum.first + f) : 0,
        );
      }
    }
    return { weights: first / 4, bias: this.constants(this.#model.bias(sum)), inputs: paddedInputs };
  }

  finish() {
    return {
      weights: Float32Array.from(this.#weights),
      constants: Float32Array.from(this.#constants),
      tables: Uint32Array.from(this.#tables),
    };
  }
}

function append(target: number[], values: ArrayLike<number>): number {
  const start = target.length;
  for (let i = 0; i < values.length; i++) target.push(values[i]!);
  return start;
}
