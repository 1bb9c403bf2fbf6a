import { type ConvolutionNode, channelCount, type NetworkNode } from "../graph.ts";
import { rangeSize } from "../groups.ts";
import { type NodeOf, type OperationRules, refuse, type StoredArray, vector } from "../operation.ts";
import { allowedWeights, checkTaps } from "./tapped.ts";
import { throughReads } from "./through-reads.ts";

/** What lies at its taps, of the channel groups that their pairs let through. */
export const convolution: OperationRules<NodeOf<"convolution">> = {
  inputs: 1,
  groups: () => null,
  stores(node, [source]) {
    const shape = [node.taps.length, channelCount(source!), channelCount(node)];
    const allowed = () => allowedWeights(node, source!);
    const weight: StoredArray = { name: node.weight, shape, trainable: true, role: "weight", allowed };
    return node.bias === undefined ? [weight] : [weight, vector(node, node.bias, "bias")];
  },
  check,
  ...throughReads<ConvolutionNode>(({ taps, dilation }) =>
    taps.map(({ dy, dx, pairs }) => ({
      input: 0,
      dy: dy * dilation,
      dx: dx * dilation,
      called: `tap (${dy}, ${dx})`,
      groups: (group) => pairs.filter(([output]) => output === group).map(([, input]) => input),
    })),
  ),
  /** Weights that a mask allows, at positions where the tap lies inside the picture. */
  work({ taps, dilation, groups }, [source], { height, width }) {
    let count = 0;
    for (const { dy, dx, pairs } of taps) {
      const rows = Math.max(0, height - Math.abs(dy * dilation));
      const columns = Math.max(0, width - Math.abs(dx * dilation));
      for (const [output, input] of pairs) {
        count += rows * columns * rangeSize(groups[output]!) * rangeSize(source!.groups[input]!);
      }
    }
    return count;
  },
};

function check(
  node: ConvolutionNode,
  _: readonly NetworkNode[],
  { picture }: { readonly picture: { readonly channels: number } },
): void {
  const { dilation } = node;
  if (!Number.isInteger(dilation) || dilation < 1) refuse(node, "a dilation of at least 1", String(dilation));
  checkTaps(node, dilation, picture.channels);
}
