/**
 * A network as a list to be worked through: for every node its schedule, where its inputs stand, and what has become another name of
 * its input. Batch norm is one multiplication and one addition a channel when pictures are drawn; where the node directly before it is
 * a convolution that nothing else reads, it disappears into that convolution's weights.
 */
import { type BatchNormNode, channelCount, type Network, type NetworkNode } from "../network/graph.ts";
import { oncePer } from "../network/once-per.ts";
import { type NodeSchedule, scheduleOf } from "../network/schedule.ts";

/** One node, in the order of the graph. */
export interface Instruction extends NodeSchedule {
  /** Channels, F. */
  readonly channels: number;
  /** Instructions that it reads, by position. */
  readonly inputs: readonly number[];
  /** Of a convolution: the batch norm that its weights contain. */
  readonly folded?: BatchNormNode;
  /** Another name of its input: dropout, and a batch norm that a convolution contains. */
  readonly isAlias: boolean;
}

/** Made once per network. */
export const instructionsOf = oncePer(listOf);

function listOf(network: Network): readonly Instruction[] {
  const positions = new Map(network.nodes.map((node, i) => [node.name, i]));
  const folds = batchNormsToFold(network);
  const contained = new Set<NetworkNode>(folds.values());
  return scheduleOf(network).map((entry): Instruction => {
    const { node } = entry;
    const folded = folds.get(node);
    return {
      ...entry,
      channels: channelCount(node),
      inputs: node.inputs.map((name) => positions.get(name)!),
      isAlias: node.op === "dropout" || contained.has(node),
      ...(folded && { folded }),
    };
  });
}

/** Batch norms that stand directly behind a convolution which nothing else reads. */
function batchNormsToFold(network: Network): Map<NetworkNode, BatchNormNode> {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const consumers = new Map<string, number>();
  for (const { inputs } of network.nodes) {
    for (const name of inputs) consumers.set(name, (consumers.get(name) ?? 0) + 1);
  }
  const folds = new Map<NetworkNode, BatchNormNode>();
  for (const node of network.nodes) {
    if (node.op !== "batchNorm") continue;
    const source = nodes.get(node.inputs[0]!)!;
    if (source.op === "convolution" && consumers.get(source.name) === 1 && source.name !== network.output) {
      folds.set(source, node);
    }
  }
  return folds;
}
