import { channelCount, type Network } from "../graph.ts";
import { type NodeOf, type OperationRules, refuse } from "../operation.ts";
import { inPlace } from "./through-reads.ts";

/** Every channel group sees the level that it is looked up by, that of its own picture channel at its own pixel. */
export const embedding: OperationRules<NodeOf<"embedding">> = {
  inputs: 1,
  groups: () => null,
  stores: (node, _, { picture }) => [
    { name: node.table, shape: [picture.levels, channelCount(node)], trainable: true, role: "table" },
  ],
  check(node, [source]) {
    if (source!.op !== "input") refuse(node, "the picture as its input", `"${source!.name}" (${source!.op})`);
  },
  ...inPlace,
};

/** Whether a network's levels are names of things, of which neighbours need not be alike: it looks them up. */
export function embedsLevels({ nodes }: Network): boolean {
  return nodes.some(({ op }) => op === "embedding");
}
