/** How much arithmetic a network is: what speeds are given in. */
import type { Network } from "./graph.ts";
import { rangeSize } from "./groups.ts";

/**
 * Multiply-adds of one forward pass over one picture that cannot be left out: weights that a mask allows, at positions
 * where the tap lies inside the picture. Two floating-point operations each; a training step takes three times as many.
 */
export function multiplyAdds({ picture, nodes }: Network): number {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  let count = 0;
  for (const node of nodes) {
    if (node.op !== "convolution") continue;
    const source = byName.get(node.inputs[0]!)!;
    for (const { dy, dx, pairs } of node.taps) {
      const rows = Math.max(0, picture.height - Math.abs(dy * node.dilation));
      const columns = Math.max(0, picture.width - Math.abs(dx * node.dilation));
      for (const [output, input] of pairs) {
        count += rows * columns * rangeSize(node.groups[output]!) * rangeSize(source.groups[input]!);
      }
    }
  }
  return count;
}
