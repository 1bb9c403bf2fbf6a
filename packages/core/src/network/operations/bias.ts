import { type NodeOf, type OperationRules, refuse, vector } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** One vector for every position, or one per class. */
export const bias: OperationRules<NodeOf<"bias">> = {
  inputs: 1,
  groups: ([input]) => input!.groups,
  stores(node, _, { classes }) {
    const bias = vector(node, node.bias, "bias");
    return [node.perClass ? { ...bias, shape: [classes, ...bias.shape] } : bias];
  },
  check(node, _, { classes }) {
    if (node.perClass && classes < 1) refuse(node, "a network with classes", `${classes} classes`);
  },
  ...inPlace,
};
