/** How much arithmetic a network is: what speeds are given in, and what a GPU's commands are cut by. */
import type { Network } from "./graph.ts";
import { rulesOf } from "./operations.ts";

/**
 * Multiply-adds of one forward pass over one picture that cannot be left out, as the operations state them. Two floating-point operations
 * each; a training step takes three times as many.
 */
export function multiplyAdds({ picture, nodes }: Network): number {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.reduce((count, node) => {
    const inputs = node.inputs.map((name) => byName.get(name)!);
    return count + rulesOf(node).work(node, inputs, picture);
  }, 0);
}
