// One file although long: a table with a row for every way of being malformed.
import { describe, expect, it } from "vitest";
import { NetworkError } from "../../src/errors.ts";
import { NetworkBuilder } from "../../src/network/builder.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { Network, NetworkNode } from "../../src/network/graph.ts";
import { allPairs, maskedKernel, pointwise, rowsUpTo } from "../../src/network/taps.ts";

const picture = { height: 4, width: 4, channels: 3, levels: 4 };

/** One node of every kind that has rules of its own. */
function healthy(): Network {
  const net = new NetworkBuilder(picture, 2);
  const first = net.convolution("first", net.input(), { channels: 6, taps: maskedKernel(3, "A", 3) });
  const norm = net.batchNorm("norm", first);
  const biased = net.classBias("class", norm);
  const wide = net.convolution("wide", biased, {
    channels: [
      [0, 4],
      [4, 8],
      [8, 12],
    ],
    taps: pointwise(3),
  });
  const gate = net.gate("gate", wide);
  const drop = net.dropout("drop", gate, 0.5);
  const sum = net.add("sum", first, drop);
  const place = net.convolution("place", net.planes("planes", ["inside", "row"]), {
    channels: 6,
    taps: [{ dy: -1, dx: 0, pairs: allPairs(3) }],
  });
  const unit = net.glu("glu", net.concatElu("elus", place));
  const named = net.convolution("named", net.embedding("names", "input", 2), {
    channels: 3,
    taps: maskedKernel(3, "A", 3),
  });
  const looked = net.attention("looked", 3, first, wide6(net, "keys", first), wide6(net, "values", first));
  const cells = net.lstm("cells", wide, {
    taps: [-1, 0].map((dy) => ({ dy, dx: -1, pairs: allPairs(3) })),
    cell: { dy: -1, dx: 1 },
  });
  const both = net.concat(
    "both",
    net.add("placed", sum, unit),
    net.relu("relu", first),
    named,
    looked,
    cells,
  );
  return net.logits(net.elu("elu", both), pointwise(3));
}

function wide6(net: NetworkBuilder, name: string, input: string): string {
  return net.convolution(name, input, { channels: 6, taps: pointwise(3) });
}

/** The healthy graph with changes to one node. */
function changed(name: string, change: Record<string, unknown>): Network {
  const network = healthy();
  const nodes = network.nodes.map((node) => (node.name === name ? { ...node, ...change } : node));
  return { ...network, nodes: nodes as NetworkNode[] };
}

const tap = (dy: number, dx: number, pairs: unknown = [[0, 0]]) => ({ dy, dx, pairs });

describe("the structure of a graph", () => {
  it("is accepted when it is one", () => {
    const network = healthy();
    expect(defineNetwork(network)).toBe(network);
  });

  // node that the message names, change, what the message expects
  const malformed: [string, string, Record<string, unknown>, string][] = [
    ["a name twice", "relu", { name: "first" }, "a name of its own"],
    ["a second input node", "relu", { op: "input", inputs: [] }, "exactly one input node"],
    ["a first node that is no input", "input", { op: "relu" }, "exactly one input node"],
    ["an input node with inputs", "input", { inputs: ["first"] }, "inputs that stand before it"],
    ["an input that is not there", "relu", { inputs: ["nobody"] }, "inputs that stand before it"],
    ["an input that comes later", "norm", { inputs: ["wide"] }, "inputs that stand before it"],
    ["itself as an input", "norm", { inputs: ["norm"] }, "inputs that stand before it"],
    [
      "an operation that nobody knows",
      "relu",
      { op: "swish" },
      "an operation among input, embedding, planes",
    ],
    ["no input", "relu", { inputs: [] }, "1 input(s)"],
    ["two inputs of one", "relu", { inputs: ["first", "norm"] }, "1 input(s)"],
    ["a sum of one", "sum", { inputs: ["first"] }, "two or more inputs"],
    ["a concatenation of one", "both", { inputs: ["sum"] }, "two or more inputs"],
    [
      "a missing group",
      "relu",
      {
        groups: [
          [0, 2],
          [2, 6],
        ],
      },
      "3 channel ranges without gaps",
    ],
    [
      "a gap between groups",
      "relu",
      {
        groups: [
          [0, 2],
          [3, 4],
          [4, 6],
        ],
      },
      "3 channel ranges without gaps",
    ],
    [
      "groups that do not start at 0",
      "relu",
      {
        groups: [
          [1, 2],
          [2, 4],
          [4, 6],
        ],
      },
      "without gaps",
    ],
    [
      "a backward range",
      "relu",
      {
        groups: [
          [0, 4],
          [4, 2],
          [2, 6],
        ],
      },
      "without gaps",
    ],
    [
      "half a channel",
      "relu",
      {
        groups: [
          [0, 1.5],
          [1.5, 4],
          [4, 6],
        ],
      },
      "without gaps",
    ],
    [
      "no channels",
      "first",
      {
        groups: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      },
      "1 to 65536 channels",
    ],
    [
      "too many channels",
      "first",
      {
        groups: [
          [0, 1],
          [1, 2],
          [2, 65_537],
        ],
      },
      "1 to 65536 channels",
    ],
    [
      "other groups than its input",
      "relu",
      {
        groups: [
          [0, 3],
          [3, 4],
          [4, 6],
        ],
      },
      "channel groups [[0,2],[2,4],[4,6]]",
    ],
    [
      "a picture with other groups",
      "input",
      {
        groups: [
          [0, 2],
          [2, 3],
          [3, 4],
        ],
      },
      "channel groups [[0,1],[1,2],[2,3]]",
    ],
    [
      "a concatenation of the wrong size",
      "both",
      {
        groups: [
          [0, 2],
          [2, 4],
          [4, 6],
        ],
      },
      "channel groups [[0,8],[8,16],[16,24]]",
    ],
    [
      "a gate as wide as its input",
      "gate",
      {
        groups: [
          [0, 4],
          [4, 8],
          [8, 12],
        ],
      },
      "channel groups [[0,2],[2,4],[4,6]]",
    ],
    [
      "a table of what is no picture",
      "names",
      { inputs: ["first"] },
      'the picture as its input, got "first" (convolution)',
    ],
    ["a table of nothing", "names", { inputs: [] }, "1 input(s)"],
    [
      "a table without columns",
      "names",
      {
        groups: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      },
      "1 to 65536 channels",
    ],
    ["another node's table", "names", { table: "first.weight" }, '"first.weight", which another node owns'],
    ["no planes", "planes", { planes: [] }, "different planes among inside, row, column"],
    ["a plane twice", "planes", { planes: ["row", "row"] }, "different planes among inside, row, column"],
    [
      "a plane that nobody knows",
      "planes",
      { planes: ["row", "depth"] },
      "different planes among inside, row",
    ],
    ["more channels than planes", "planes", { planes: ["row"] }, "1 channels, one a plane"],
    ["planes with an input", "planes", { inputs: ["first"] }, "0 input(s)"],
    [
      "signs that share their channels",
      "elus",
      {
        groups: [
          [0, 2],
          [2, 4],
          [4, 6],
        ],
      },
      "channel groups [[0,4],",
    ],
    [
      "a gated linear unit as wide as its input",
      "glu",
      {
        groups: [
          [0, 4],
          [4, 8],
          [8, 12],
        ],
      },
      "channel groups [[0,2],[2,4],[4,6]]",
    ],
    ["a sum of unequal groups", "sum", { inputs: ["first", "wide"] }, "inputs with equal channel groups"],
    ["no heads", "looked", { heads: 0 }, "a number of heads that divides 6 and 6 channels, got 0"],
    ["half a head", "looked", { heads: 1.5 }, "a number of heads that divides 6 and 6 channels, got 1.5"],
    ["heads that leave a channel over", "looked", { heads: 4 }, "a number of heads that divides 6 and 6"],
    ["a head of two groups", "looked", { heads: 2 }, "whole heads of 3 queries in every group"],
    [
      "more queries than keys",
      "looked",
      { inputs: ["wide", "keys", "values"] },
      "as many channels of keys as of queries, got 6 and 12",
    ],
    ["attention to nothing", "looked", { inputs: ["first", "keys"] }, "3 input(s)"],
    [
      "attention in other groups than its queries",
      "looked",
      {
        groups: [
          [0, 4],
          [4, 6],
          [6, 6],
        ],
      },
      "channel groups [[0,2],[2,4],[4,6]]",
    ],
    [
      "cells told of fewer gates than four",
      "cells",
      { inputs: ["first"] },
      "four gates of equal width in every group",
    ],
    [
      "cells as wide as their gates",
      "cells",
      {
        groups: [
          [0, 4],
          [4, 8],
          [8, 12],
        ],
      },
      "channel groups [[0,1],[1,2],[2,3]]",
    ],
    ["cells of two inputs", "cells", { inputs: ["wide", "wide"] }, "1 input(s)"],
    ["cells without taps on themselves", "cells", { taps: [] }, "at least one tap"],
    [
      "cells that are their own pixel",
      "cells",
      { taps: [tap(0, 0)] },
      "in rows above or beside the position, got (0, 0)",
    ],
    [
      "cells that look down",
      "cells",
      { taps: [tap(1, 0)] },
      "in rows above or beside the position, got (1, 0)",
    ],
    [
      "cells that go on from below",
      "cells",
      { cell: { dy: 1, dx: 0 } },
      "in rows above or beside the position, got (1, 0)",
    ],
    [
      "cells that go on from between pixels",
      "cells",
      { cell: { dy: -1, dx: 0.5 } },
      "in rows above or beside the position, got (-1, 0.5)",
    ],
    [
      "cells that go on from far beyond any picture",
      "cells",
      { cell: { dy: -4097, dx: 0 } },
      "a cell at whole offsets of at most 4096",
    ],
    [
      "cells that look to both sides",
      "cells",
      { cell: { dy: 0, dx: 1 } },
      "on one side of the row, got both sides",
    ],
    ["cells with a tap twice", "cells", { taps: [tap(-1, 0), tap(-1, 0)] }, "one tap for each offset"],
    [
      "cells with a group that is not there",
      "cells",
      { taps: [tap(-1, 0, [[3, 0]])] },
      "different pairs of groups 0 to 2",
    ],
    [
      "another node's weights in cells",
      "cells",
      { weight: "first.weight" },
      '"first.weight", which another node owns',
    ],
    ["a dropout rate of 1", "drop", { rate: 1 }, "a rate in [0, 1)"],
    ["a negative dropout rate", "drop", { rate: -0.1 }, "a rate in [0, 1)"],
    ["a dropout rate that is no number", "drop", { rate: Number.NaN }, "a rate in [0, 1)"],
    ["an epsilon of 0", "norm", { epsilon: 0 }, "a positive epsilon"],
    ["a dilation of 0", "first", { dilation: 0 }, "a dilation of at least 1"],
    ["half a dilation", "first", { dilation: 1.5 }, "a dilation of at least 1"],
    ["no taps", "first", { taps: [] }, "at least one tap"],
    ["a tap between pixels", "first", { taps: [tap(-0.5, 0)] }, "whole offsets"],
    ["a tap far beyond any picture", "first", { taps: [tap(-4097, 0)] }, "whole offsets"],
    ["a tap far away by its dilation", "first", { taps: [tap(-3, 0)], dilation: 2000 }, "whole offsets"],
    ["a tap twice", "first", { taps: [tap(-1, 0), tap(-1, 0)] }, "one tap for each offset"],
    ["a tap without pairs", "first", { taps: [tap(-1, 0, [])] }, "different pairs of groups 0 to 2"],
    [
      "a pair twice",
      "first",
      {
        taps: [
          tap(-1, 0, [
            [0, 1],
            [0, 1],
          ]),
        ],
      },
      "different pairs of groups 0 to 2",
    ],
    [
      "a group that is not there",
      "first",
      { taps: [tap(-1, 0, [[0, 3]])] },
      "different pairs of groups 0 to 2",
    ],
    ["a negative group", "first", { taps: [tap(-1, 0, [[-1, 0]])] }, "different pairs of groups 0 to 2"],
    ["a parameter of another node", "wide", { bias: "first.bias" }, '"first.bias", which another node owns'],
    ["one parameter for two uses", "wide", { bias: "wide.weight" }, '"wide.weight", which another node owns'],
    [
      "logits of another size",
      "logits",
      {
        groups: [
          [0, 4],
          [4, 8],
          [8, 13],
        ],
      },
      "logits in groups [[0,4],[4,8],[8,12]]",
    ],
  ];
  it.each(malformed)("is refused with %s, naming the node", (_, name, change, expected) => {
    const attempt = () => defineNetwork(changed(name, change));
    expect(attempt).toThrow(NetworkError);
    expect(attempt).toThrow(`node "${change.name ?? name}"`);
    expect(attempt).toThrow(expected);
  });

  it("is refused with an odd group before a gate", () => {
    const net = new NetworkBuilder({ height: 4, width: 4, channels: 1, levels: 2 }, 0);
    const x = net.convolution("odd", net.input(), { channels: 3, taps: maskedKernel(3, "A", 1) });
    const { nodes, ...rest } = net.logits(net.gate("gate", x), pointwise(1));
    const attempt = () => defineNetwork({ ...rest, nodes });
    expect(attempt).toThrow(NetworkError);
    expect(attempt).toThrow(
      'node "gate" (gate): expected an even number of channels in every group, got [[0,3]]',
    );
  });

  it("is refused with a class bias and no classes", () => {
    const attempt = () => defineNetwork({ ...healthy(), classes: 0 });
    expect(attempt).toThrow('node "class" (bias): expected a network with classes');
  });

  it("is refused without its output", () => {
    expect(() => defineNetwork({ ...healthy(), output: "nobody" })).toThrow('got "nobody"');
    expect(() => defineNetwork({ ...healthy(), output: "first" })).toThrow('node "first"');
  });

  it.each([
    [{ height: 0 }, "height"],
    [{ width: 1.5 }, "width"],
    [{ channels: 2 }, "1 or 3 picture channels"],
    [{ channels: 4 }, "1 or 3 picture channels"],
    [{ levels: 1 }, "2 to 65536 levels"],
    [{ levels: 65_537 }, "2 to 65536 levels"],
    [{ height: 100_000, width: 100_000 }, "values in a picture"],
  ])("is refused for a picture with %j", (change, expected) => {
    const attempt = () => defineNetwork({ ...healthy(), picture: { ...picture, ...change } });
    expect(attempt).toThrow(NetworkError);
    expect(attempt).toThrow(expected);
  });

  it.each([
    [{ classes: -1 }, "number of classes"],
    [{ classes: 0.5 }, "number of classes"],
    [{ encoding: { scale: Number.POSITIVE_INFINITY, offset: 0 } }, "numbers of at most 65536"],
    [{ encoding: { scale: 1, offset: Number.NaN } }, "numbers of at most 65536"],
    [{ encoding: { scale: -65_537, offset: 0 } }, "numbers of at most 65536"],
    [{ encoding: { scale: 1, offset: 65_537 } }, "numbers of at most 65536"],
    [{ encoding: { scale: 0, offset: 1 } }, "a scale other than 0"],
  ])("is refused with %j", (change, expected) => {
    const attempt = () => defineNetwork({ ...healthy(), ...change });
    expect(attempt).toThrow(NetworkError);
    expect(attempt).toThrow(expected);
  });

  it("is refused when it takes too long to be proved", () => {
    const net = new NetworkBuilder({ height: 2048, width: 2048, channels: 3, levels: 2 }, 0);
    const far = [-2047, 2047].map((dx) => ({ dy: -1, dx, pairs: allPairs(3) }));
    let h = net.convolution("first", net.input(), { channels: 3, taps: far });
    for (let i = 0; i < 2000; i++) {
      h = net.convolution(`next${i}`, h, { channels: 3, taps: rowsUpTo(3, 3) });
    }
    expect(() => defineNetwork(net.logits(h, pointwise(3)))).toThrow(
      /2003 nodes on 2048×2048 pictures.*use fewer nodes or taps, or smaller pictures/,
    );
  });
});
