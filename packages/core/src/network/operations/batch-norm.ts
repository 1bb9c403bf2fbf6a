import { type NodeOf, type OperationRules, refuse, vector } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** By running statistics: what it sees of the batch in training is no part of the proof (graph.ts). */
export const batchNorm: OperationRules<NodeOf<"batchNorm">> = {
  inputs: 1,
  groups: ([input]) => input!.groups,
  stores: (node) => [
    vector(node, node.scale, "scale"),
    vector(node, node.shift, "bias"),
    vector(node, node.mean, "mean", false),
    vector(node, node.variance, "variance", false),
  ],
  check(node) {
    if (!(node.epsilon > 0)) refuse(node, "a positive epsilon", String(node.epsilon));
  },
  ...inPlace,
};
