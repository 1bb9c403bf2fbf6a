/**
 * Sampler of the graph: a differentiable forward pass in TensorFlow.js, on any backend. One line per operation.
 */
import {
  add,
  addN,
  concat,
  elu,
  matMul,
  mul,
  relu,
  reshape,
  rsqrt,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { Network, NetworkNode } from "../network/graph.ts";
import { gate } from "./gate.ts";
import { tapConvolution } from "./tap-convolution.ts";

/** Parameters as tensors, by name, in the shapes that `parametersOf` gives. */
export type ParameterTensors = ReadonlyMap<string, Tensor>;

/** What differs in training. */
export interface TrainingPass {
  /** A mask of 0 and 1 / (1 - rate) for the activations of node `index`. */
  dropoutMask(index: number, rate: number, shape: readonly number[]): Tensor;
  /** Told the batch's statistics of a batch norm node, [F] each, alive until the enclosing tidy ends. */
  batchStatistics(node: NetworkNode & { op: "batchNorm" }, mean: Tensor1D, variance: Tensor1D): void;
}

/** What a forward pass needs besides pictures and parameters. */
export interface ForwardOptions {
  /** One-hot class labels, [B, classes] float32; required by networks with classes. */
  readonly labels?: Tensor2D | undefined;
  /** Absent at inference. */
  readonly training?: TrainingPass | undefined;
}

/**
 * The logits of every value of a batch of pictures.
 *
 * @param levels [B, H, W, C] float32, levels 0 ... K - 1.
 * @returns [B, H, W, C·K] (two levels: [B, H, W, C]). The caller disposes.
 */
export function forward(
  network: Network,
  parameters: ParameterTensors,
  levels: Tensor4D,
  options: ForwardOptions = {},
): Tensor4D {
  return tidy(() => {
    const values = new Map<string, Tensor4D>();
    network.nodes.forEach((node, index) => {
      const inputs = node.inputs.map((name) => values.get(name)!);
      values.set(node.name, compute(node, index, inputs, { network, parameters, levels, ...options }));
    });
    return values.get(network.output)!;
  });
}

interface Context extends ForwardOptions {
  readonly network: Network;
  readonly parameters: ParameterTensors;
  readonly levels: Tensor4D;
}

function compute(node: NetworkNode, index: number, inputs: readonly Tensor4D[], context: Context): Tensor4D {
  const { network, parameters, training } = context;
  const parameter = <T extends Tensor>(name: string) => parameters.get(name) as T;
  const x = inputs[0]!;
  switch (node.op) {
    case "input":
      return add(mul(context.levels, network.encoding.scale), network.encoding.offset);
    case "convolution": {
      const bias = node.bias === undefined ? null : parameter<Tensor1D>(node.bias);
      return tapConvolution(x, parameter<Tensor3D>(node.weight), bias, node);
    }
    case "bias": {
      const bias = parameter<Tensor>(node.bias);
      if (!node.perClass) return add(x, bias);
      const chosen = matMul(context.labels!, bias as Tensor2D); // [B, F]; its gradient needs no scatter
      return add(x, reshape(chosen, [-1, 1, 1, x.shape[3]]));
    }
    case "add":
      return inputs.length === 2 ? add(x, inputs[1]!) : addN([...inputs]);
    case "concat":
      return concatByGroup(node, inputs, network);
    case "relu":
      return relu(x);
    case "elu":
      return elu(x);
    case "gate":
      return gate(x, groupsOf(network, node.inputs[0]!));
    case "batchNorm":
      return batchNorm(node, x, parameter, training);
    case "dropout":
      return training ? mul(x, training.dropoutMask(index, node.rate, x.shape)) : x;
    default:
      return node satisfies never;
  }
}

function groupsOf(network: Network, name: string) {
  return network.nodes.find((node) => node.name === name)!.groups;
}

function concatByGroup(node: NetworkNode, inputs: readonly Tensor4D[], network: Network): Tensor4D {
  if (node.groups.length === 1) return concat([...inputs], 3);
  const parts = node.groups.flatMap((_, group) =>
    inputs.map((input, i) => {
      const [start, end] = groupsOf(network, node.inputs[i]!)[group]!;
      return slice(input, [0, 0, 0, start], [-1, -1, -1, end - start]);
    }),
  );
  return concat(
    parts.filter((part) => part.shape[3] > 0),
    3,
  );
}

/** Ioffe & Szegedy 2015, arXiv:1502.03167, algorithms 1 (training) and 2 (inference). */
function batchNorm(
  node: NetworkNode & { op: "batchNorm" },
  x: Tensor4D,
  parameter: <T extends Tensor>(name: string) => T,
  training: TrainingPass | undefined,
): Tensor4D {
  const scale = parameter<Tensor1D>(node.scale);
  const shift = parameter<Tensor1D>(node.shift);
  if (training === undefined) {
    const factor = mul(scale, rsqrt(add(parameter(node.variance), node.epsilon)));
    return add(mul(x, factor), sub(shift, mul(parameter(node.mean), factor)));
  }
  const count = x.size / x.shape[3];
  const mean = mul(differentiableSum(x), 1 / count) as Tensor1D;
  const centred = sub(x, mean) as Tensor4D;
  const variance = mul(differentiableSum(square(centred)), 1 / count) as Tensor1D;
  training.batchStatistics(node, mean, variance);
  return add(mul(centred, mul(scale, rsqrt(add(variance, node.epsilon)))), shift);
}

function differentiableSum(x: Tensor4D): Tensor1D {
  return sum(reshape(x, [-1, x.shape[3]]), 0);
}
