/** Functions of every value by itself. */
import type { NodeOf, OperationRules } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

export const relu: OperationRules<NodeOf<"relu">> = {
  inputs: 1,
  groups: ([input]) => input!.groups,
  ...inPlace,
};

export const elu: OperationRules<NodeOf<"elu">> = {
  inputs: 1,
  groups: ([input]) => input!.groups,
  ...inPlace,
};
