import { concatGroups } from "../groups.ts";
import type { NodeOf, OperationRules } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** Group g is group g of every input. */
export const concat: OperationRules<NodeOf<"concat">> = {
  inputs: "several",
  groups: (inputs) => concatGroups(inputs.map(({ groups }) => groups)),
  ...inPlace,
};
