/**
 * An independent answer to "what does this depend on?": walk from one activation back to the picture, tap by tap, inside
 * the borders of the picture. Slow and position by position, where `sees` composes offsets once.
 */

import type { LstmNode, Network, NetworkNode } from "../../src/network/graph.ts";
import { dimensions } from "../../src/picture.ts";

/**
 * For every position and picture channel, flat (y·W + x)·C + c, the values of the picture that reach its logits by a way
 * on which no node is read outside the picture: one byte a value, 1 where there is a way.
 */
export function valuesThatReach(network: Network): Uint8Array[] {
  const { height, width, channels } = network.picture;
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const known = new Map<string, Uint8Array>();
  const reach = (node: NetworkNode, group: number, y: number, x: number): Uint8Array => {
    const key = `${node.name} ${group} ${y} ${x}`;
    let values = known.get(key);
    if (values !== undefined) return values;
    values = new Uint8Array(dimensions(network.picture));
    known.set(key, values);
    const [start, end] = node.groups[group]!;
    if (start === end) return values;
    if (node.op === "input") values[(y * width + x) * channels + group] = 1;
    const from = node.op === "attention" ? attended(node, group, y, x, width) : edges(node, group);
    for (const [name, inputGroup, dy, dx] of from) {
      const [sy, sx] = [y + dy, x + dx];
      if (sy < 0 || sy >= height || sx < 0 || sx >= width) continue;
      reach(nodes.get(name)!, inputGroup, sy, sx).forEach((bit, i) => {
        values[i]! |= bit;
      });
    }
    return values;
  };
  return Array.from({ length: dimensions(network.picture) }, (_, i) => {
    const place = Math.floor(i / channels);
    return reach(nodes.get(network.output)!, i % channels, Math.floor(place / width), place % width);
  });
}

type Edge = [name: string, group: number, dy: number, dx: number];

/** The query of the position itself, and keys and values of all groups at every earlier position. */
function attended(
  { inputs, groups }: NetworkNode,
  group: number,
  y: number,
  x: number,
  width: number,
): Edge[] {
  const [queries, ...kept] = inputs as [string, ...string[]];
  const all: Edge[] = [[queries, group, 0, 0]];
  for (let position = 0; position < y * width + x; position++) {
    const [dy, dx] = [Math.floor(position / width) - y, (position % width) - x];
    for (const name of kept) all.push(...groups.map((_, source): Edge => [name, source, dy, dx]));
  }
  return all;
}

/** What one channel group of an LSTM cell reads of itself. */
function ownEdges({ name, taps, cell }: LstmNode, group: number): Edge[] {
  const read = taps.flatMap(({ dy, dx, pairs }) =>
    pairs.filter(([output]) => output === group).map(([, input]): Edge => [name, input, dy, dx]),
  );
  return [...read, [name, group, cell.dy, cell.dx]];
}

/** What one channel group of a node, not of attention, reads directly: node, channel group, row and column relative to it. */
export function edges(node: NetworkNode, group: number): Edge[] {
  if (node.op === "lstm") return [[node.inputs[0]!, group, 0, 0], ...ownEdges(node, group)];
  if (node.op !== "convolution") return node.inputs.map((name) => [name, group, 0, 0]);
  return node.taps.flatMap(({ dy, dx, pairs }) =>
    pairs
      .filter(([output]) => output === group)
      .map(([, input]): Edge => [node.inputs[0]!, input, dy * node.dilation, dx * node.dilation]),
  );
}
