/**
 * What attention costs a sampler: the time that it takes less without it, and without its keys and values. Keys and values are each picture's own, so every multiply-add of attention reads a
 * number that no other picture shares, as pictures of a batch share weights: memory is what bounds it.
 */
import {
  defineNetwork,
  type Model,
  multiplyAdds,
  type Network,
  type NetworkNode,
  type Sampler,
} from "@pixelcnn/core";
import { randomModel } from "./random-model.ts";
import { secondsPerBatch } from "./seconds-per-batch.ts";

export interface AttentionShare {
  /** Of all multiply-adds. */
  readonly work: number;
  /** Of the sampler's time, keys and values made included. */
  readonly time: number;
  /** Keys and values that are read in that time. */
  readonly gigabytesPerSecond: number;
  /** Floating-point operations a second of everything else. */
  readonly restGflops: number;
}

const FLOAT_BYTES = 4;

/** @returns null for a network without attention, or one whose attention has other channels than its queries. */
export async function attentionShare(
  { network }: Model,
  sampler: Sampler,
  batch: number,
): Promise<AttentionShare | null> {
  const without = withoutAttention(network);
  if (without === null) return null;
  const all = multiplyAdds(network);
  const read = all - multiplyAdds(without);
  const rest = multiplyAdds(needed(without));
  // The same pictures are drawn again and again: weights may be any.
  const seconds = await secondsPerBatch(randomModel(network), sampler, batch);
  const restSeconds = await secondsPerBatch(randomModel(without), sampler, batch);
  return {
    work: (all - rest) / all,
    time: (seconds - restSeconds) / seconds,
    gigabytesPerSecond: (FLOAT_BYTES * batch * read) / (seconds - restSeconds) / 1e9,
    restGflops: (2 * batch * rest) / restSeconds / 1e9,
  };
}

/** The network with queries handed on in place of what they would have found; null where those have other channels, or nothing is asked. */
function withoutAttention(network: Network): Network | null {
  const groupsOf = new Map(network.nodes.map(({ name, groups }) => [name, JSON.stringify(groups)]));
  const attentions = network.nodes.filter(({ op }) => op === "attention");
  const fits = attentions.every(({ name, inputs }) => groupsOf.get(name) === groupsOf.get(inputs[0]!));
  if (attentions.length === 0 || !fits) return null;
  const nodes = network.nodes.map((node): NetworkNode => {
    if (node.op !== "attention") return node;
    const [queries] = node.inputs as [string];
    return { op: "add", name: node.name, inputs: [queries, queries], groups: node.groups };
  });
  return defineNetwork({ ...network, nodes });
}

/** Without nodes that the logits do not read. */
function needed(network: Network): Network {
  const names = new Set([network.nodes[0]!.name, network.output]);
  for (const { name, inputs } of [...network.nodes].reverse()) {
    if (names.has(name)) for (const input of inputs) names.add(input);
  }
  return { ...network, nodes: network.nodes.filter(({ name }) => names.has(name)) };
}
