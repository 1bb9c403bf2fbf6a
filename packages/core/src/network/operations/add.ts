import { sameGroups } from "../groups.ts";
import { type NodeOf, type OperationRules, refuse } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** The sum of nodes with equal channel groups. */
export const add: OperationRules<NodeOf<"add">> = {
  inputs: "several",
  groups: ([input]) => input!.groups,
  check(node, inputs) {
    if (inputs.every(({ groups }) => sameGroups(groups, node.groups))) return;
    refuse(node, "inputs with equal channel groups", JSON.stringify(inputs.map(({ groups }) => groups)));
  },
  ...inPlace,
};
