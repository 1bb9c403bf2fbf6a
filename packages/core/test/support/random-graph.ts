/** Random causal graphs of every documented operation, in combinations that no preset has. */
import { NetworkBuilder } from "../../src/network/builder.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { ChannelRange, Network, NetworkNode, PictureShape, Tap } from "../../src/network/graph.ts";
import { rangeSize, sameGroups, scaleGroups, splitChannels } from "../../src/network/groups.ts";
import {
  maskedKernel,
  pointwise,
  pointwiseAllGroups,
  rowLeft,
  rowsAbove,
  rowsUpTo,
} from "../../src/network/taps.ts";

/** A whole number below `options`. */
export type Choose = (options: number) => number;

interface Grown {
  readonly name: string;
  readonly groups: readonly ChannelRange[];
  /** Sees nothing but rows above. */
  readonly above: boolean;
}

export function randomGraph(choose: Choose): Network {
  const pick = <T>(values: readonly T[]): T => values[choose(values.length)]!;
  const picture: PictureShape = {
    height: 1 + choose(6),
    width: 1 + choose(9),
    channels: pick([1, 3]),
    levels: pick([2, 3, 16]),
  };
  const net = new NetworkBuilder(picture, pick([0, 2]));
  const groups = net.groupCount;
  const base = pick([1, 4, 6, 10, 34]); // one channel: two of three groups are empty
  const input = net.input();
  const nodes: Grown[] = [];
  const grow = (name: string, groups: readonly ChannelRange[], above: boolean) =>
    nodes.push({ name, groups, above });
  const convolve = (name: string, from: string, channels: number, taps: readonly Tap[], above: boolean) => {
    const options = { taps, dilation: 1 + choose(2), bias: choose(2) === 0 };
    const ranges = evenGroups(channels, groups);
    grow(net.convolution(name, from, { channels: ranges, ...options }), ranges, above);
  };
  convolve("above", input, base, rowsAbove(5, groups), true);
  convolve("masked", input, base, maskedKernel(pick([3, 7]), "A", groups), false);

  const steps = 4 + choose(9);
  for (let i = 0; i < steps; i++) {
    const name = `node${i}`;
    const source = pick(nodes);
    const { groups: own, above } = source;
    const alike = nodes.filter((node) => sameGroups(node.groups, own));
    switch (choose(11)) {
      case 0:
        convolve(name, source.name, pick([base, 2 * base]), maskedKernel(3, "B", groups), false);
        break;
      case 1:
        convolve(name, source.name, base, above ? rowsUpTo(3, groups) : rowsAbove(3, groups), true);
        break;
      case 2:
        convolve(
          name,
          source.name,
          pick([base, 2 * base]),
          above ? pointwiseAllGroups(groups) : pointwise(groups),
          above,
        );
        break;
      case 3:
        convolve(name, source.name, base, rowLeft(3, "B", groups), false);
        break;
      case 4: {
        const inputs = [source, pick(alike), ...(choose(2) ? [pick(alike)] : [])];
        grow(
          net.add(name, ...inputs.map((node) => node.name)),
          own,
          inputs.every((node) => node.above),
        );
        break;
      }
      case 5: {
        const other = pick(nodes);
        // Nothing else has its ranges, so a convolution follows.
        const joined = net.concat(name, source.name, other.name);
        const taps = maskedKernel(3, "B", groups);
        convolve(`${name}.after`, joined, base, taps, false);
        break;
      }
      case 6:
        grow(pick([net.relu(name, source.name), net.elu(`${name}.elu`, source.name)]), own, above);
        break;
      case 7:
        if (own.every((range) => rangeSize(range) % 2 === 0))
          grow(net.gate(name, source.name), scaleGroups(own, 0.5), above);
        break;
      case 8:
        grow(net.batchNorm(name, source.name), own, above);
        break;
      case 9:
        grow(net.dropout(name, source.name, 0.5), own, above);
        break;
      default:
        if (net.classes > 0) grow(net.classBias(name, source.name), own, above);
    }
  }
  const last = choose(4) === 0 ? nodes.find((node) => node.above)! : nodes.at(-1)!;
  return defineNetwork(withSharedBias(net.logits(last.name, pointwise(groups)), choose));
}

/** Twice as many channels are two for each one, group by group, as a gate needs. */
function evenGroups(channels: number, groups: number) {
  if (channels % 2 === 1) return splitChannels(channels, groups);
  return splitChannels(channels / 2, groups).map(([start, end]): [number, number] => [2 * start, 2 * end]);
}

/** Some class biases become plain ones, which the builder does not write. */
function withSharedBias(network: Network, choose: Choose): Network {
  const nodes = network.nodes.map(
    (node): NetworkNode => (node.op === "bias" && choose(2) === 0 ? { ...node, perClass: false } : node),
  );
  return { ...network, nodes };
}

/** [count, H, W, C] */
export function picturesOf(picture: PictureShape, count: number, choose: Choose): Uint8Array {
  const { height, width, channels, levels } = picture;
  return Uint8Array.from({ length: count * height * width * channels }, () => choose(levels));
}
