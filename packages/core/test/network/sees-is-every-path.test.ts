import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../src/network/builder.ts";
import type { GroupPair, Network, Tap } from "../../src/network/graph.ts";
import { seesOf } from "../../src/network/sees.ts";
import { checkStructure } from "../../src/network/structure.ts";
import type { PictureShape } from "../../src/picture.ts";
import { edges, valuesThatReach } from "../support/paths.ts";

/** Random graphs, causal or not: convolutions with any taps and pairs, sums, concatenations, gates, groups of no channels. */
function graphs(picture: PictureShape, reach: number): fc.Arbitrary<Network> {
  const groups = picture.channels;
  const pair: fc.Arbitrary<GroupPair> = fc.tuple(fc.nat(groups - 1), fc.nat(groups - 1));
  const tap: fc.Arbitrary<Tap> = fc.record({
    dy: fc.integer({ min: -reach, max: reach }),
    dx: fc.integer({ min: -reach, max: reach }),
    pairs: fc.uniqueArray(pair, { minLength: 1, maxLength: 4, selector: String }),
  });
  const taps = fc.uniqueArray(tap, { minLength: 1, maxLength: 4, selector: ({ dy, dx }) => `${dy} ${dx}` });
  const step = fc.record({
    op: fc.constantFrom("convolution", "add", "concat", "relu", "gate"),
    channels: fc.constantFrom(1, 2, 4),
    dilation: fc.constantFrom(1, 2),
    taps,
    source: fc.nat(),
    other: fc.nat(),
  });
  return fc.tuple(fc.array(step, { minLength: 1, maxLength: 5 }), taps).map(([steps, lastTaps]) => {
    const net = new NetworkBuilder(picture, 0);
    const names = [net.input()];
    steps.forEach(({ op, channels, dilation, taps, source, other }, i) => {
      const name = `node${i}`;
      const input = names[source % names.length]!;
      const second = names[other % names.length]!;
      if (op === "convolution") names.push(net.convolution(name, input, { channels, taps, dilation }));
      else if (op === "concat") names.push(net.concat(name, input, second));
      else if (op === "relu") names.push(net.relu(name, input));
      else if (op === "add") names.push(net.add(name, input, input));
      else names.push(net.gate(`${name}.gate`, net.concat(name, input, input)));
    });
    const network = net.logits(names.at(-1)!, lastTaps);
    checkStructure(network);
    return network;
  });
}

/** Offsets at the end of every path from one group of the output back to the picture, one path after another. */
function everyPath(network: Network, channel: number): Set<string> {
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const ends = new Set<string>();
  const walk = (name: string, group: number, dy: number, dx: number) => {
    const node = nodes.get(name)!;
    const [start, end] = node.groups[group]!;
    if (start === end) return;
    if (node.op === "input") ends.add(`${dy} ${dx} ${group}`);
    for (const [source, next, down, right] of edges(node, group)) walk(source, next, dy + down, dx + right);
  };
  walk(network.output, channel, 0, 0);
  return ends;
}

describe.each([1, 3])("what logits of a picture with %i channel(s) see", (channels) => {
  // Six convolutions dilated by 2: no path leaves 12 rows or columns where they reach 1, none 192 where they reach 16.
  it.each([
    { reach: 1, size: 13 },
    { reach: 16, size: 193 },
  ])("is the end of every path, and nothing else: reach $reach", ({ reach, size }) => {
    const picture = { height: size, width: size, channels, levels: 2 };
    fc.assert(
      fc.property(graphs(picture, reach), (network) => {
        const sees = seesOf(network).get(network.output)!;
        sees.forEach((set, channel) => {
          const seen = [...set].map((offset) => `${offset.dy} ${offset.dx} ${offset.channel}`);
          expect(new Set(seen)).toEqual(everyPath(network, channel));
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { height: 3, width: 2, reach: 2, numRuns: 200 },
    { height: 2, width: 36, reach: 33, numRuns: 20 },
  ])(
    "loses no path inside a picture smaller than its reach: $height×$width",
    ({ height, width, reach, numRuns }) => {
      const picture = { height, width, channels, levels: 2 };
      fc.assert(
        fc.property(graphs(picture, reach), (network) => {
          const sees = seesOf(network).get(network.output)!;
          valuesThatReach(network).forEach((values, logits) => {
            const [y, x, c] = placeOf(logits, picture);
            values.forEach((bit, value) => {
              const [sy, sx, channel] = placeOf(value, picture);
              if (bit === 1) expect(sees[c]!.has({ dy: sy - y, dx: sx - x, channel })).toBe(true);
            });
          });
        }),
        { numRuns },
      );
    },
  );
});

function placeOf(index: number, { width, channels }: PictureShape): [y: number, x: number, c: number] {
  const place = Math.floor(index / channels);
  return [Math.floor(place / width), place % width, index % channels];
}
