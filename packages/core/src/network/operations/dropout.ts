import { type NodeOf, type OperationRules, refuse } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** The identity while pictures are drawn. */
export const dropout: OperationRules<NodeOf<"dropout">> = {
  inputs: 1,
  groups: ([input]) => input!.groups,
  check(node) {
    if (!(node.rate >= 0 && node.rate < 1)) refuse(node, "a rate in [0, 1)", String(node.rate));
  },
  ...inPlace,
};
