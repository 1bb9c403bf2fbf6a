/**
 * What every channel group of every node *sees*: the set of picture values it depends on, composed tap by tap.
 *
 *     sees(input, g)       = { (0, 0, g) }
 *     sees(convolution, g) = ∪ over taps t and pairs (g, i) of t:  sees(source, i) + dilation·(dy_t, dx_t)
 *     sees(anything else, g) = ∪ over inputs:  sees(input, g)
 *
 * The last line is why gate, concat and split act group by group. Everything else is derived from these sets: causality,
 * the schedule, the receptive field with its blind spot.
 */
import { NetworkError } from "../errors.ts";
import type { Network, NetworkNode } from "./graph.ts";
import { rangeSize } from "./groups.ts";
import { OffsetSet, wordsOfSet } from "./offsets.ts";

/** For every node name, one set a channel group. */
export type Sees = ReadonlyMap<string, readonly OffsetSet[]>;

/** A stranger's file may ask for minutes of work in a few kilobytes, so it is counted before it is begun: some seconds, */
const MAX_STEPS = 2 ** 29;
/** and half a gibibyte of memory. */
const MAX_WORDS = 2 ** 27;

const cache = new WeakMap<Network, Sees>();

/** @throws {NetworkError} when the graph is too large to be analysed. */
export function seesOf(network: Network): Sees {
  const known = cache.get(network);
  if (known !== undefined) return known;
  checkSize(network);
  const sees = new Map<string, readonly OffsetSet[]>();
  for (const node of network.nodes) sees.set(node.name, nodeSees(node, network, sees));
  cache.set(network, sees);
  return sees;
}

function nodeSees(node: NetworkNode, network: Network, sees: Sees): OffsetSet[] {
  return node.groups.map((range, group) => {
    const set = new OffsetSet(network.picture);
    if (rangeSize(range) === 0) return set;
    if (node.op === "input") set.add({ dy: 0, dx: 0, channel: group });
    else if (node.op === "convolution") {
      const source = sees.get(node.inputs[0]!)!;
      for (const { dy, dx, pairs } of node.taps) {
        for (const [output, input] of pairs) {
          if (output === group) set.addShifted(source[input]!, dy * node.dilation, dx * node.dilation);
        }
      }
    } else for (const input of node.inputs) set.addShifted(sees.get(input)![group]!, 0, 0);
    return set;
  });
}

function checkSize({ picture, nodes }: Network): void {
  const words = wordsOfSet(picture);
  const unions = nodes.reduce((sum, node) => sum + unionsOf(node, picture.channels), 0);
  const sets = nodes.length * picture.channels;
  if (words * unions > MAX_STEPS || words * sets > MAX_WORDS) {
    throw new NetworkError(
      `expected a graph that ${MAX_STEPS} steps prove causal, got ${nodes.length} nodes on ` +
        `${picture.height}×${picture.width} pictures, which take more; use fewer nodes or taps, or smaller pictures`,
    );
  }
}

function unionsOf(node: NetworkNode, channels: number): number {
  if (node.op !== "convolution") return channels * Math.max(1, node.inputs.length);
  return node.taps.reduce((sum, { pairs }) => sum + pairs.length, 0);
}
