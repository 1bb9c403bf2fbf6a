/**
 * Which channel of a learned network every channel of another goes on from, where the other has the same layers, perhaps wider ones, perhaps more of them.
 *
 * A layer is found again by its name. Of every channel group, and of every part of one that has a meaning of its own (the halves of a gate, the quarters of
 * an LSTM's input, a head), the first channels are those that were there before, and what is left is new. Chen, Goodfellow and Shlens 2016, "Net2Net",
 * arXiv:1511.05641, section 2; how we differ: new channels do not repeat old ones but start as they would in any network, and nobody listens to them yet.
 */
import { type ChannelRange, channelCount, type Network, type NetworkNode } from "../network/graph.ts";
import { concatGroups, rangeSize, scaleGroups } from "../network/groups.ts";

/** Of one node. */
export interface Origins {
  /** By channel: the one that it goes on from, or {@link NEW}. */
  readonly channels: Int32Array;
  /** The channel groups that these lie in; empty ones where all is new. */
  readonly groups: readonly ChannelRange[];
}

export const NEW = -1;

/** By the name of the node of `network`. */
export function channelOrigins(network: Network, learned: Network): ReadonlyMap<string, Origins> {
  const before = new Map(learned.nodes.map((node) => [node.name, node]));
  const widths = partWidths(network);
  const widthsBefore = partWidths(learned);
  const found = new Map<string, Source>();
  for (const node of network.nodes) {
    const inputs = node.inputs.map((name) => found.get(name)!);
    const same = before.get(node.name);
    const byName = () => {
      // Logits of other levels mean something else.
      const isOther = node.name === network.output && same && channelCount(node) !== channelCount(same);
      if (same?.op !== node.op || isOther) return allNew(node);
      // Where one network reads the parts and the other has no reader for them, they are what the one says.
      const [own, theirs] = [widths.get(node.name), widthsBefore.get(node.name)];
      return firstOfEveryPart(node, same, own ?? theirs ?? whole, theirs ?? own ?? whole);
    };
    found.set(node.name, { node, origins: originsOf(node, inputs, byName) });
  }
  return new Map([...found].map(([name, { origins }]) => [name, origins]));
}

interface Source {
  readonly node: NetworkNode;
  readonly origins: Origins;
}

export function isNew({ channels }: Origins): boolean {
  return channels.every((channel) => channel === NEW);
}

function originsOf(node: NetworkNode, inputs: readonly Source[], byName: () => Origins): Origins {
  const [first] = inputs;
  switch (node.op) {
    case "input":
    case "planes":
    case "embedding":
    case "convolution":
    case "attention":
      return byName();
    case "add":
      // A branch that is new adds nothing at first, so the sum is what it was.
      return (inputs.find(({ origins }) => !isNew(origins)) ?? first!).origins;
    case "bias":
    case "relu":
    case "elu":
    case "batchNorm":
    case "dropout":
      return first!.origins;
    case "gate":
    case "glu":
      return partOf(node, first!.origins, 2);
    case "lstm":
      return partOf(node, first!.origins, 4);
    case "concatElu":
      return joined(node, [first!, first!]);
    case "concat":
      return joined(node, inputs);
    default:
      return node satisfies never;
  }
}

function allNew({ groups }: NetworkNode): Origins {
  const channels = new Int32Array(groups.at(-1)![1]).fill(NEW);
  return { channels, groups: groups.map(() => [0, 0]) };
}

/** How wide the parts of a channel group are, by the group's width. */
type PartWidth = (width: number) => number;

const whole: PartWidth = (width) => width;

/** Of the nodes whose channel groups have parts: what reads them says so. */
function partWidths(network: Network): ReadonlyMap<string, PartWidth> {
  const widths = new Map<string, PartWidth>();
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const demand = (name: string, width: PartWidth | undefined) => {
    if (width !== undefined && !widths.has(name)) widths.set(name, width);
  };
  for (const node of [...network.nodes].reverse()) {
    const [first] = node.inputs;
    switch (node.op) {
      case "gate":
      case "glu":
        demand(first!, (width) => width / 2);
        break;
      case "lstm":
        demand(first!, (width) => width / 4);
        break;
      case "attention": {
        for (const input of node.inputs) {
          const channels = channelCount(nodes.get(input)!);
          demand(input, () => channels / node.heads);
        }
        const channels = channelCount(node);
        demand(node.name, () => channels / node.heads);
        break;
      }
      case "add":
      case "bias":
      case "relu":
      case "elu":
      case "batchNorm":
      case "dropout":
        for (const input of node.inputs) demand(input, widths.get(node.name));
        break;
      default:
    }
  }
  return widths;
}

/** What is narrower than it was goes on from nothing, and so does what has other channel groups but where it has as many channels. */
function firstOfEveryPart(
  node: NetworkNode,
  same: NetworkNode,
  partWidth: PartWidth,
  partWidthBefore: PartWidth,
): Origins {
  const count = channelCount(node);
  const hasSameGroups = same.groups.length === node.groups.length;
  const groups = hasSameGroups ? same.groups : node.groups;
  if (count === channelCount(same))
    return { channels: Int32Array.from({ length: count }, (_, i) => i), groups };
  if (!hasSameGroups || node.groups.some((range, group) => rangeSize(range) < rangeSize(groups[group]!)))
    return allNew(node);
  const channels = new Int32Array(count).fill(NEW);
  node.groups.forEach(([first, last], group) => {
    const [start, end] = groups[group]!;
    const [part, partBefore] = [partWidth(last - first), partWidthBefore(end - start)];
    for (let channel = start; channel < end; channel++) {
      const at = channel - start;
      if (at % partBefore >= part) continue;
      channels[first + Math.floor(at / partBefore) * part + (at % partBefore)] = channel;
    }
  });
  return { channels, groups };
}

/** Of what an operation makes one channel of several parts of: the channels of the first part tell. */
function partOf({ groups }: NetworkNode, input: Origins, parts: number): Origins {
  const before = scaleGroups(input.groups, 1 / parts);
  const channels = new Int32Array(groups.at(-1)![1]).fill(NEW);
  groups.forEach(([start, end], group) => {
    for (let channel = start; channel < end; channel++) {
      const from = input.channels[parts * start + channel - start]!;
      if (from !== NEW) channels[channel] = before[group]![0] + from - input.groups[group]![0];
    }
  });
  return { channels, groups: before };
}

/** Of one input after the other, group by group. */
function joined({ groups }: NetworkNode, inputs: readonly Source[]): Origins {
  const before = concatGroups(inputs.map(({ origins }) => origins.groups));
  const channels = new Int32Array(groups.at(-1)![1]).fill(NEW);
  groups.forEach(([start], group) => {
    let to = start;
    let offset = before[group]![0];
    for (const { node, origins } of inputs) {
      const [first, end] = origins.groups[group]!;
      for (const from of origins.channels.subarray(...node.groups[group]!)) {
        if (from !== NEW) channels[to] = offset + from - first;
        to += 1;
      }
      offset += end - first;
    }
  });
  return { channels, groups: before };
}
