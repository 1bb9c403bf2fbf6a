import { scaleGroups } from "../groups.ts";
import type { NodeOf, OperationRules } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** Both signs of a group stay in it, so it sees what its input sees. */
export const concatElu: OperationRules<NodeOf<"concatElu">> = {
  inputs: 1,
  groups: ([input]) => scaleGroups(input!.groups, 2),
  ...inPlace,
};
