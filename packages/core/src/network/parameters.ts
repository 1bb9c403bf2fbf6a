/** The parameters that a graph names: their shapes, which are trained, and which entries its masks forbid. */
import { type ConvolutionNode, channelCount, type Network, type NetworkNode } from "./graph.ts";

export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** False for the running statistics of batch norm. */
  readonly trainable: boolean;
  /** What it does in its node, for initialisation. */
  readonly role: "weight" | "bias" | "scale" | "mean" | "variance";
  /** The node that owns it. A parameter belongs to one node. */
  readonly node: NetworkNode;
}

/** Every parameter, in the order of the nodes. */
export function parametersOf(network: Network): Parameter[] {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  return network.nodes.flatMap((node) => nodeParameters(node, network, nodes));
}

function nodeParameters(
  node: NetworkNode,
  network: Network,
  nodes: ReadonlyMap<string, NetworkNode>,
): Parameter[] {
  const channels = channelCount(node);
  const vector = (name: string, role: Parameter["role"], trainable = true): Parameter => ({
    name,
    shape: [channels],
    trainable,
    role,
    node,
  });
  switch (node.op) {
    case "convolution": {
      const shape = [node.taps.length, channelCount(nodes.get(node.inputs[0]!)!), channels];
      const weight: Parameter = { name: node.weight, shape, trainable: true, role: "weight", node };
      return node.bias === undefined ? [weight] : [weight, vector(node.bias, "bias")];
    }
    case "bias": {
      const bias = vector(node.bias, "bias");
      return [node.perClass ? { ...bias, shape: [network.classes, channels] } : bias];
    }
    case "batchNorm":
      return [
        vector(node.scale, "scale"),
        vector(node.shift, "bias"),
        vector(node.mean, "mean", false),
        vector(node.variance, "variance", false),
      ];
    default:
      return [];
  }
}

/**
 * Which entries of a convolution's weight tensor its pairs allow, [taps, F_in, F_out] flattened, 1 or 0; null when all are
 * allowed.
 */
export function allowedWeights(convolution: ConvolutionNode, source: NetworkNode): Uint8Array | null {
  const inputs = channelCount(source);
  const outputs = channelCount(convolution);
  const allowed = new Uint8Array(convolution.taps.length * inputs * outputs);
  let count = 0;
  convolution.taps.forEach((tap, t) => {
    for (const [outputGroup, inputGroup] of tap.pairs) {
      const [inputStart, inputEnd] = source.groups[inputGroup]!;
      const [outputStart, outputEnd] = convolution.groups[outputGroup]!;
      for (let i = inputStart; i < inputEnd; i++) {
        const row = (t * inputs + i) * outputs;
        allowed.fill(1, row + outputStart, row + outputEnd);
      }
      count += (inputEnd - inputStart) * (outputEnd - outputStart);
    }
  });
  return count === allowed.length ? null : allowed;
}

/** Number of trainable stored numbers that are not forbidden by a mask. */
export function countWeights(network: Network): number {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  return parametersOf(network)
    .filter((parameter) => parameter.trainable)
    .reduce((sum, { shape, role, node }) => {
      const mask =
        role === "weight" && node.op === "convolution"
          ? allowedWeights(node, nodes.get(node.inputs[0]!)!)
          : null;
      return sum + (mask === null ? size(shape) : mask.reduce((count, bit) => count + bit, 0));
    }, 0);
}

/** Number of entries of an array of this shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
