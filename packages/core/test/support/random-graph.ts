/** Random causal graphs of every documented operation, in combinations that no preset has. */

import { NetworkBuilder } from "../../src/network/builder.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { ChannelRange, GroupPair, Network, NetworkNode, Tap } from "../../src/network/graph.ts";
import { rangeSize, sameGroups, scaleGroups, splitChannels } from "../../src/network/groups.ts";
import { allPairs, maskedKernel, rowLeft, rowsAbove, rowsUpTo } from "../../src/network/taps.ts";
import type { PictureShape } from "../../src/picture.ts";

/** A whole number below `options`. */
export type Choose = (options: number) => number;

interface Grown {
  readonly name: string;
  readonly groups: readonly ChannelRange[];
  /** For each group, what it may know of its own row: {@link ABOVE}, or so many picture channels of its own pixel. */
  readonly sights: readonly number[];
  /** Is everything that it reads of its own row a row node too? */
  readonly isRow: boolean;
}

/** Nothing of its own row. */
const ABOVE = -1;

export function randomGraph(choose: Choose): Network {
  const pick = <T>(values: readonly T[]): T => values[choose(values.length)]!;
  const picture: PictureShape = {
    height: 1 + choose(6),
    width: 1 + choose(9),
    channels: pick([1, 3]),
    levels: pick([2, 3, 7, 16]),
  };
  const net = new NetworkBuilder(picture, pick([0, 2]));
  const groups = net.groupCount;
  const base = pick([1, 4, 6, 10, 34]); // one channel: two of three groups are empty
  const input: Grown = {
    name: net.input(),
    groups: splitChannels(groups, groups),
    sights: Array.from({ length: groups }, (_, group) => group + 1),
    isRow: false,
  };
  const ofTable = evenGroups(base, groups);
  const embedded: Grown = {
    name: net.embedding("embedding", input.name, ofTable),
    groups: ofTable,
    sights: ofTable.map((range, group) => (rangeSize(range) === 0 ? ABOVE : group + 1)),
    isRow: false,
  };
  const nodes: Grown[] = [];
  const convolve = (
    name: string,
    from: Grown,
    channels: number | readonly ChannelRange[],
    taps: readonly Tap[],
  ) => {
    const options = { taps, dilation: 1 + choose(2), bias: choose(2) === 0 };
    const ranges = typeof channels === "number" ? evenGroups(channels, groups) : channels;
    const sights = ranges.map((range, group) =>
      rangeSize(range) === 0 ? ABOVE : Math.max(ABOVE, ...taps.flatMap((tap) => sightsOf(tap, group, from))),
    );
    nodes.push({
      name: net.convolution(name, from.name, { channels: ranges, ...options }),
      groups: ranges,
      sights,
      isRow: from.isRow || taps.every(({ dy }) => dy < 0),
    });
  };
  const grow = (name: string, groups: readonly ChannelRange[], ...inputs: Grown[]) => {
    const sights = groups.map((_, group) => Math.max(...inputs.map((node) => node.sights[group]!)));
    nodes.push({ name, groups, sights, isRow: inputs.every((node) => node.isRow) });
  };
  /** The taps with all their pairs, or with fewer: any, one input group's, or some groups above and the others beside. */
  const thinned = (taps: readonly Tap[]): Tap[] => {
    const one = choose(groups);
    const isAbove = Array.from({ length: groups }, () => choose(2) === 0);
    const keeps: ((pair: GroupPair, dy: number) => boolean)[] = [
      () => true,
      () => choose(3) === 0,
      ([, from]) => from === one,
      ([to], dy) => isAbove[to] === dy < 0,
    ];
    const keep = pick(keeps);
    const kept = taps
      .map((tap): Tap => ({ ...tap, pairs: tap.pairs.filter((pair) => keep(pair, tap.dy)) }))
      .filter(({ pairs }) => pairs.length > 0);
    return kept.length === 0 ? [taps[0]!] : kept;
  };
  /** An LSTM: down by rows, along a diagonal, from farther away; to the right only where that is known before the row. */
  const recur = (name: string, gates: Grown) => {
    const side = gates.isRow ? pick([-1, 1]) : -1;
    const offsets = pick<readonly (readonly [dy: number, dx: number])[]>([
      [
        [-1, -1],
        [-1, 0],
        [-1, 1],
      ],
      [
        [-1, 0],
        [0, side],
      ],
      [
        [-2, 1],
        [0, 2 * side],
        [-1, -1],
      ],
    ]);
    const [dy, dx] = pick([
      [-1, 0],
      [0, side],
      [-2, 1],
      [0, 2 * side],
    ] as const);
    const taps = thinned(offsets.map(([dy, dx]): Tap => ({ dy, dx, pairs: allPairs(groups) })));
    const sights = [...gates.sights];
    // What one group knows of its row others learn at the next position.
    for (const _ of sights) {
      for (const [to, from] of taps.filter(({ dy }) => dy === 0).flatMap(({ pairs }) => pairs)) {
        if (sights[from] !== ABOVE && rangeSize(gates.groups[to]!) > 0) sights[to] = Math.max(sights[to]!, 0);
      }
    }
    nodes.push({
      name: net.lstm(name, gates.name, { taps, cell: { dy, dx } }),
      groups: scaleGroups(gates.groups, 1 / 4),
      sights,
      isRow: gates.isRow,
    });
  };
  convolve("above", input, base, thinned(rowsAbove(5, groups)));
  const planes = [["inside"], ["row"], ["column", "inside"], ["inside", "row", "column"]] as const;
  const place: Grown = {
    name: net.planes("planes", pick(planes)),
    groups: splitChannels(groups, groups),
    sights: Array.from({ length: groups }, () => ABOVE),
    isRow: true,
  };
  // Where no group has a channel of them, nothing is known of the place.
  convolve("place", place, base, thinned(rowsUpTo(3, groups)));
  convolve("named", embedded, base, thinned(maskedKernel(3, "A", groups)));
  nodes.push(embedded);
  convolve("masked", input, base, thinned(maskedKernel(pick([3, 7]), "A", groups)));

  const steps = 4 + choose(9);
  for (let i = 0; i < steps; i++) {
    const name = `node${i}`;
    const source = pick(nodes);
    const { groups: own } = source;
    const alike = nodes.filter((node) => sameGroups(node.groups, own));
    switch (choose(14)) {
      case 0:
        convolve(name, source, pick([base, 2 * base]), thinned(maskedKernel(3, "B", groups)));
        break;
      case 1:
        convolve(name, source, base, thinned((source.isRow ? rowsUpTo : rowsAbove)(3, groups)));
        break;
      case 2:
        convolve(name, source, pick([base, 2 * base]), thinned([{ dy: 0, dx: 0, pairs: allPairs(groups) }]));
        break;
      case 3:
        // What a row needs of positions, and positions of each other.
        convolve(
          name,
          pick([source, input, embedded]),
          base,
          thinned([...rowsAbove(3, groups), ...rowLeft(3, "B", groups)]),
        );
        break;
      case 4: {
        const inputs = [source, pick(alike), ...(choose(2) ? [pick(alike)] : [])];
        grow(net.add(name, ...inputs.map((node) => node.name)), own, ...inputs);
        break;
      }
      case 5: {
        const other = pick(nodes);
        // Nothing else has its ranges, so a convolution follows.
        const joined = net.concat(name, source.name, other.name);
        const ranges = splitChannels(groups, groups);
        const sights = ranges.map((_, group) => Math.max(source.sights[group]!, other.sights[group]!));
        const both = { name: joined, groups: ranges, sights, isRow: source.isRow && other.isRow };
        convolve(`${name}.after`, both, base, thinned(maskedKernel(3, "B", groups)));
        break;
      }
      case 6:
        grow(pick([net.relu(name, source.name), net.elu(`${name}.elu`, source.name)]), own, source);
        break;
      case 7:
        if (own.every((range) => rangeSize(range) % 2 === 0))
          grow(pick([net.gate, net.glu]).call(net, name, source.name), scaleGroups(own, 0.5), source);
        break;
      case 8:
        grow(net.batchNorm(name, source.name), own, source);
        break;
      case 9:
        grow(net.dropout(name, source.name, 0.5), own, source);
        break;
      case 10:
        grow(net.concatElu(name, source.name), scaleGroups(own, 2), source);
        break;
      case 11: {
        const [keys, values] = [pick(nodes.filter((node) => countOf(node) === countOf(source))), pick(nodes)];
        const heads = headsFor(source, values);
        if (heads.length === 0) break;
        nodes.push({
          name: net.attention(name, pick(heads), source.name, keys.name, values.name),
          groups: scaleGroups(own, countOf(values) / countOf(source)),
          sights: own.map((range, group) =>
            rangeSize(range) === 0 ? ABOVE : Math.max(0, source.sights[group]!),
          ),
          isRow: false,
        });
        break;
      }
      case 12: {
        const taps = pick([source.isRow ? rowsUpTo : rowsAbove, () => maskedKernel(3, "B", groups)]);
        convolve(`${name}.gates`, source, scaleGroups(evenGroups(base, groups), 4), thinned(taps(3, groups)));
        const fours = nodes.filter(({ groups }) => groups.every((range) => rangeSize(range) % 4 === 0));
        recur(name, pick([nodes.at(-1)!, ...fours]));
        break;
      }
      default:
        if (net.classes > 0) grow(net.classBias(name, source.name), own, source);
    }
  }
  const causal = (node: Grown): GroupPair[] =>
    allPairs(groups).filter(([channel, group]) => node.sights[group]! <= channel);
  const useful = nodes.filter((node) => causal(node).length > 0);
  const last = choose(4) === 0 ? useful.find((node) => node.isRow)! : useful.at(-1)!;
  const network = net.logits(last.name, [{ dy: 0, dx: 0, pairs: causal(last) }]);
  return defineNetwork(withSharedBias(network, choose));
}

function countOf({ groups }: Grown): number {
  return groups.at(-1)![1];
}

/** Numbers of heads that leave no channel over, and none of which lies in two groups. */
function headsFor(queries: Grown, values: Grown): number[] {
  const count = countOf(queries);
  return Array.from({ length: count }, (_, i) => i + 1).filter(
    (heads) =>
      count % heads === 0 &&
      countOf(values) % heads === 0 &&
      queries.groups.every(([, end]) => end % (count / heads) === 0),
  );
}

/** What a group of a convolution may know by one tap. */
function sightsOf({ dy, dx, pairs }: Tap, group: number, source: Grown): number[] {
  return pairs
    .filter(([output]) => output === group)
    .map(([, input]) => {
      const sight = source.sights[input]!;
      return dy < 0 || sight === ABOVE ? ABOVE : dx < 0 ? 0 : sight;
    });
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
