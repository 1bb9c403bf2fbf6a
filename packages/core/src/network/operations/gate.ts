/** Products of the two halves of every channel group, one of which opens and closes the other. */
import { rangeSize, scaleGroups } from "../groups.ts";
import { type NodeOf, type OperationRules, refuse } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** Both halves of a group lie in that group of the input, so a gate sees what that sees. */
const halved: OperationRules<NodeOf<"gate" | "glu">> = {
  inputs: 1,
  groups: ([input]) => scaleGroups(input!.groups, 0.5),
  check(node, [input]) {
    if (input!.groups.every((range) => rangeSize(range) % 2 === 0)) return;
    refuse(node, "an even number of channels in every group", JSON.stringify(input!.groups));
  },
  ...inPlace,
};

export const gate: OperationRules<NodeOf<"gate">> = halved;

export const glu: OperationRules<NodeOf<"glu">> = halved;
