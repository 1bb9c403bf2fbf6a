/**
 * A model prepared for the walk: for every node the schedule, buffers' sizes, and weights in the layout they are read in.
 * Batch norm becomes what it is at inference, one multiplication and one addition a channel; where the node directly before
 * it is a convolution with no other consumer, it disappears into that convolution's weights.
 */
import { type ConvolutionNode, channelCount, type Network, type NetworkNode } from "../network/graph.ts";
import type { Model } from "../network/model.ts";
import { type NodeSchedule, scheduleOf } from "../network/schedule.ts";

/** One node of the walk. */
export interface Instruction extends NodeSchedule {
  /** Channels, F. */
  readonly channels: number;
  /** Instructions that it reads, by position in the program. */
  readonly inputs: readonly number[];
  /** Convolution: [taps, F_in, F_out]. */
  readonly weight?: Float32Array;
  /** Convolution or bias: [F], or [classes, F]. */
  readonly bias?: Float32Array;
  /** Batch norm that could not be folded: y = x·scale + bias. Also the identity, when it could (scale is absent). */
  readonly scale?: Float32Array;
}

const programs = new WeakMap<Model, readonly Instruction[]>();

/** Compiled once a model. */
export function programOf(model: Model): readonly Instruction[] {
  let program = programs.get(model);
  if (program === undefined) {
    program = compile(model);
    programs.set(model, program);
  }
  return program;
}

function compile({ network, weights }: Model): readonly Instruction[] {
  const positions = new Map(network.nodes.map((node, i) => [node.name, i]));
  const folds = batchNormsToFold(network);
  return scheduleOf(network).map((entry): Instruction => {
    const { node } = entry;
    const common = {
      ...entry,
      channels: channelCount(node),
      inputs: node.inputs.map((name) => positions.get(name)!),
    };
    switch (node.op) {
      case "convolution": {
        const weight = weights.get(node.weight)!;
        const bias = node.bias === undefined ? new Float32Array(common.channels) : weights.get(node.bias)!;
        const norm = folds.get(node);
        return norm === undefined
          ? { ...common, weight, bias }
          : { ...common, ...foldAffine(weight, bias, affineOf(norm, weights)) };
      }
      case "bias":
        return { ...common, bias: weights.get(node.bias)! };
      case "batchNorm":
        return [...folds.values()].includes(node) ? common : { ...common, ...affineOf(node, weights) };
      default:
        return common;
    }
  });
}

type BatchNorm = NetworkNode & { op: "batchNorm" };

/** Batch norms that stand directly behind a convolution which nothing else reads. */
function batchNormsToFold(network: Network): Map<NetworkNode, BatchNorm> {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const consumers = new Map<string, number>();
  for (const { inputs } of network.nodes) {
    for (const name of inputs) consumers.set(name, (consumers.get(name) ?? 0) + 1);
  }
  const folds = new Map<NetworkNode, BatchNorm>();
  for (const node of network.nodes) {
    if (node.op !== "batchNorm") continue;
    const source = nodes.get(node.inputs[0]!)!;
    if (source.op === "convolution" && consumers.get(source.name) === 1 && source.name !== network.output) {
      folds.set(source satisfies ConvolutionNode, node);
    }
  }
  return folds;
}

interface Affine {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

/** (x - mean) / sqrt(variance + epsilon) · scale + shift, as x·scale' + bias'. */
function affineOf(node: BatchNorm, weights: Model["weights"]): Affine {
  const [scale, shift, mean, variance] = [node.scale, node.shift, node.mean, node.variance].map(
    (name) => weights.get(name)!,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const factor = scale.map((value, f) => value / Math.sqrt(variance[f]! + node.epsilon));
  return { scale: factor, bias: shift.map((value, f) => value - mean[f]! * factor[f]!) };
}

function foldAffine(weight: Float32Array, bias: Float32Array, affine: Affine) {
  const outputs = bias.length;
  return {
    weight: weight.map((value, i) => value * affine.scale[i % outputs]!),
    bias: bias.map((value, f) => value * affine.scale[f]! + affine.bias[f]!),
  };
}
