/** The parameters that a graph names: their shapes, which are trained, and which entries its masks forbid. */
import { type ConvolutionNode, channelCount, type Network, type NetworkNode } from "./graph.ts";
import type { StoredArray } from "./operation.ts";
import { storedArrays } from "./operations.ts";

/** One stored array of numbers, and the node that names it. */
export interface Parameter extends StoredArray {
  /** The node that owns it. A parameter belongs to one node. */
  readonly node: NetworkNode;
}

/** Every parameter, in the order of the nodes. */
export function parametersOf(network: Network): Parameter[] {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  return network.nodes.flatMap((node) => {
    const inputs = node.inputs.map((name) => nodes.get(name)!);
    return storedArrays(node, inputs, network).map((array) => ({ ...array, node }));
  });
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

/** What the masks allow of a network's convolutions, as {@link allowedWeights}, by parameter name; no entry where all is allowed. */
export function masksOf(network: Network): ReadonlyMap<string, Uint8Array> {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const masks = new Map<string, Uint8Array>();
  for (const node of network.nodes) {
    if (node.op !== "convolution") continue;
    const allowed = allowedWeights(node, nodes.get(node.inputs[0]!)!);
    if (allowed !== null) masks.set(node.weight, allowed);
  }
  return masks;
}

/** Number of trainable stored numbers that are not forbidden by a mask. */
export function countWeights(network: Network): number {
  const masks = masksOf(network);
  return parametersOf(network)
    .filter((parameter) => parameter.trainable)
    .reduce((sum, { name, shape }) => {
      return sum + (masks.get(name)?.reduce((count, bit) => count + bit, 0) ?? size(shape));
    }, 0);
}

/** Number of entries of an array of this shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
