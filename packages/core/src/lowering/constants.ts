/**
 * A model's numbers as its instructions and its plan need them: weights with the batch norms that they contain, biases, and the scale
 * and bias of batch norms that nothing could contain. What depends on the graph alone is in instructions.ts and plan.ts.
 */
import type { BatchNormNode } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import { oncePer } from "../network/once-per.ts";
import { instructionsOf } from "./instructions.ts";
import type { ConstantSource, Lookup, Sum } from "./operations.ts";
import type { Window } from "./windows.ts";

/** The numbers of one instruction. */
export interface NodeConstants {
  /** Convolution: [taps, F_in, F_out]. LSTM: [taps, F, 4F]. */
  readonly weight?: Float32Array;
  /** Convolution or bias: [F], or [classes, F]. Batch norm: what is added. */
  readonly bias?: Float32Array;
  /** Batch norm that nothing contains: y = x·scale + bias. */
  readonly scale?: Float32Array;
  /** Embedding: [K, F]. */
  readonly table?: Float32Array;
}

/** Computed once per model. */
export const constantsOf = oncePer((model: Model): Constants => new Constants(model));

/** The numbers of one model. */
export class Constants {
  /** By position of the instruction. */
  readonly nodes: readonly NodeConstants[];
  readonly #channels: readonly number[];
  /** Of every instruction that has a weight, the channels that it reads at a tap and those that it makes of them. */
  readonly #weightShapes: readonly (readonly [inputs: number, outputs: number])[];

  constructor({ network, weights }: Model) {
    const instructions = instructionsOf(network);
    this.#channels = instructions.map(({ channels }) => channels);
    this.#weightShapes = instructions.map(({ node, inputs, channels }) =>
      node.op === "lstm" ? [channels, 4 * channels] : [instructions[inputs[0]!]?.channels ?? 0, channels],
    );
    this.nodes = instructions.map(({ node, channels, folded, isAlias }): NodeConstants => {
      switch (node.op) {
        case "convolution": {
          const weight = weights.get(node.weight)!;
          const bias = node.bias === undefined ? new Float32Array(channels) : weights.get(node.bias)!;
          return folded === undefined ? { weight, bias } : fold(weight, bias, affineOf(folded, weights));
        }
        case "lstm":
          return { weight: weights.get(node.weight)! };
        case "bias":
          return { bias: weights.get(node.bias)! };
        case "embedding":
          return { table: weights.get(node.table)! };
        case "batchNorm":
          return isAlias ? {} : affineOf(node, weights);
        case "input":
        case "planes":
        case "add":
        case "concat":
        case "relu":
        case "elu":
        case "concatElu":
        case "gate":
        case "glu":
        case "dropout":
        case "attention":
          return {};
        default:
          return node satisfies never;
      }
    });
  }

  /** What a sum adds to every position, [channels]. */
  bias({ channels, biases }: Sum): Float32Array {
    const bias = new Float32Array(channels);
    for (const { instruction, channel } of biases) {
      const values = this.nodes[instruction]!.bias!;
      for (let f = 0; f < channels; f++) bias[f]! += values[channel + f]!;
    }
    return bias;
  }

  /** The contents of a constant buffer. */
  values({ instruction, part }: ConstantSource): Float32Array {
    return this.nodes[instruction]![part]!;
  }

  /** What a level becomes, [channels]: a part of the table, not a copy. */
  row({ instruction, target, channels }: Lookup, level: number): Float32Array {
    const from = level * this.#channels[instruction]! + target.channel;
    return this.nodes[instruction]!.table!.subarray(from, from + channels);
  }

  /** Weight of a window's k-th input for output channel f of its convolution, of an LSTM for gate channel f. */
  weight({ convolution, tap, channel }: Window, k: number, f: number): number {
    const [inputs, outputs] = this.#weightShapes[convolution]!;
    return this.nodes[convolution]!.weight![(tap * inputs + channel + k) * outputs + f]!;
  }
}

interface Affine {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

/** (x - mean) / sqrt(variance + epsilon) · scale + shift, as x·scale' + bias'. */
function affineOf(node: BatchNormNode, weights: Model["weights"]): Affine {
  const [scale, shift, mean, variance] = [node.scale, node.shift, node.mean, node.variance].map(
    (name) => weights.get(name)!,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const factor = scale.map((value, f) => value / Math.sqrt(variance[f]! + node.epsilon));
  return { scale: factor, bias: shift.map((value, f) => value - mean[f]! * factor[f]!) };
}

function fold(weight: Float32Array, bias: Float32Array, affine: Affine) {
  const outputs = bias.length;
  return {
    weight: weight.map((value, i) => value * affine.scale[i % outputs]!),
    bias: bias.map((value, f) => value * affine.scale[f]! + affine.bias[f]!),
  };
}
