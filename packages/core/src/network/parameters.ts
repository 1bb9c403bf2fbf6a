/** The parameters that a graph names: their shapes, which are trained, and which entries its masks forbid. */
import type { Network, NetworkNode } from "./graph.ts";
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

/** What the masks of a network allow, by parameter name, as in {@link StoredArray.allowed}; no entry where all is allowed. */
export function masksOf(network: Network): ReadonlyMap<string, Uint8Array> {
  const masks = new Map<string, Uint8Array>();
  for (const { name, allowed } of parametersOf(network)) {
    const mask = allowed?.() ?? null;
    if (mask !== null) masks.set(name, mask);
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
