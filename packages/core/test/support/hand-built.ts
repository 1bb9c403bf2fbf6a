/**
 * Networks that no preset builds: every operation, in the places where a sampler could get it wrong.
 *
 * One file although long: a list of networks.
 */

import { NetworkBuilder } from "../../src/network/builder.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { Network, NetworkNode, Tap } from "../../src/network/graph.ts";
import { splitChannels } from "../../src/network/groups.ts";
import {
  allPairs,
  maskedKernel,
  pointwise,
  pointwiseAllGroups,
  pointwiseOwnGroup,
  rowLeft,
  rowsAbove,
  rowsUpTo,
} from "../../src/network/taps.ts";
import type { PictureShape } from "../../src/picture.ts";

/** Row LSTM, Diagonal BiLSTM's one direction, and its mirror image: where an LSTM cell looks at itself. */
function tapsOn(groups: number, ...offsets: (readonly [dy: number, dx: number])[]): Tap[] {
  return offsets.map(([dy, dx]) => ({ dy, dx, pairs: allPairs(groups) }));
}

type Build = (net: NetworkBuilder, x: string, groups: number) => string;

/** What stands between the picture and the logits, by name. */
const bodies: Record<string, Build> = {
  "a 1×1 embedding of the picture": (net, x, groups) => {
    const embedding = net.elu(
      "elu",
      net.convolution("embedding", x, { channels: 5, taps: pointwise(groups) }),
    );
    return net.convolution("masked", embedding, { channels: 6, taps: maskedKernel(3, "A", groups) });
  },
  "a 1×1 embedding of every picture channel by itself": (net, x, groups) => {
    const embedding = net.relu(
      "relu",
      net.convolution("embedding", x, { channels: 4 * groups, taps: pointwiseOwnGroup(groups) }),
    );
    return net.convolution("masked", embedding, { channels: 6, taps: maskedKernel(3, "A", groups) });
  },
  "tables of the levels, below a 1×1 and beside the picture": (net, x, groups) => {
    const own = net.convolution("own", net.embedding("names", x, 3), {
      channels: 4 * groups,
      taps: pointwise(groups),
    });
    const both = net.concat("both", net.embedding("beside", x, 2), x, net.relu("relu", own));
    return net.convolution("masked", both, { channels: 6, taps: maskedKernel(3, "A", groups) });
  },
  "a table that rows read, and nobody the picture": (net, x, groups) => {
    const names = net.embedding("names", x, splitChannels(5, groups));
    const above = net.convolution("above", names, { channels: 5, taps: rowsAbove(3, groups) });
    const left = net.convolution("left", names, { channels: 5, taps: rowLeft(5, "A", groups), dilation: 2 });
    return net.add("sum", net.elu("elu", above), left);
  },
  "a table of the last channel alone": (net, x, groups) => {
    const last = Array.from({ length: groups }, (_, g): [number, number] => [0, g === groups - 1 ? 3 : 0]);
    const names = net.concatElu("signs", net.embedding("names", x, last));
    // The last group may know itself where another channel's logits never do.
    const seen = net.convolution("seen", names, { channels: 6, taps: rowLeft(3, "A", groups) });
    return net.add("sum", seen, net.convolution("up", x, { channels: 6, taps: rowsAbove(3, groups) }));
  },
  "planes beside the picture, ahead of it and below an embedding": (net, x, groups) => {
    const planes = net.planes("planes", ["row", "inside", "column"]);
    const beside = net.convolution("beside", net.concat("both", x, planes), {
      channels: 6,
      taps: maskedKernel(3, "A", groups),
    });
    // Nothing of the row is seen by what looks right of the position.
    const ahead = net.convolution("ahead", net.elu("elu", planes), {
      channels: 6,
      taps: rowsUpTo(5, groups),
      dilation: 2,
    });
    return net.gate("gate", net.concat("pair", net.relu("relu", beside), net.dropout("drop", ahead, 0.5)));
  },
  "concatenation of uneven groups": (net, x, groups) => {
    const a = net.convolution("a", x, { channels: 4, taps: maskedKernel(3, "A", groups) });
    const b = net.convolution("b", x, { channels: 5, taps: rowLeft(5, "A", groups) });
    const both = net.concat("both", a, net.relu("relu", b), a);
    return net.convolution("mixed", net.elu("elu", both), {
      channels: 6,
      taps: maskedKernel(3, "B", groups),
    });
  },
  "a group without channels": (net, x, groups) => {
    const wide = net.convolution("wide", x, { channels: 6, taps: maskedKernel(3, "A", groups) });
    const thin = net.relu("relu", net.convolution("thin", wide, { channels: 1, taps: pointwise(groups) }));
    const both = net.concat("both", thin, wide);
    const gate = net.glu("glu", net.concatElu("elus", net.gate("gate", net.concat("pair", thin, thin))));
    return net.concat(
      "all",
      both,
      net.convolution("look", gate, { channels: 2, taps: maskedKernel(3, "B", groups) }),
    );
  },
  "both signs of an ELU, and gated linear units": (net, x, groups) => {
    let v = net.convolution("above", x, { channels: 3 * groups, taps: rowsAbove(3, groups) });
    v = net.glu("rowGlu", net.concatElu("rowElu", v));
    const h = net.convolution("left", x, { channels: 5, taps: maskedKernel(3, "A", groups) });
    const both = net.concatElu("both", net.concat("pair", h, v));
    const wide = net.convolution("wide", both, { channels: 4 * groups, taps: maskedKernel(3, "B", groups) });
    return net.add("sum", net.glu("glu", wide), net.glu("again", net.relu("relu", wide)));
  },
  "a sum of three, one of them twice": (net, x, groups) => {
    const a = net.convolution("a", x, { channels: 5, taps: maskedKernel(3, "A", groups) });
    const b = net.elu("b", a);
    return net.add("sum", net.add("three", a, b, net.relu("c", a)), b, b);
  },
  "batch norm in all places": (net, x, groups) => {
    const first = net.convolution("first", net.batchNorm("ofPicture", x), {
      channels: 5,
      taps: maskedKernel(3, "A", groups),
      bias: false,
    });
    const shared = net.batchNorm("ofSharedConvolution", first);
    const sum = net.add("sum", first, net.relu("relu", shared));
    const again = net.convolution("own", net.batchNorm("ofSum", sum), {
      channels: 6,
      taps: maskedKernel(3, "B", groups),
    });
    return net.batchNorm("ofNorm", net.batchNorm("ofOwnConvolution", again));
  },
  "dropout, which is nothing at inference": (net, x, groups) => {
    const a = net.convolution("a", x, { channels: 5, taps: maskedKernel(3, "A", groups) });
    return net.relu("relu", net.dropout("dropout", a, 0.5));
  },
  "rows above that look right, with dilation": (net, x, groups) => {
    let v = net.convolution("above", x, { channels: 4, taps: rowsAbove(3, groups) });
    v = net.gate(
      "gate",
      net.convolution("upTo", v, { channels: 8 * groups, taps: rowsUpTo(3, groups), dilation: 2 }),
    );
    const h = net.convolution("left", x, { channels: 4 * groups, taps: rowLeft(3, "A", groups) });
    const far = net.convolution("far", h, {
      channels: 4 * groups,
      taps: maskedKernel(3, "B", groups),
      dilation: 3,
    });
    const across = net.convolution("across", v, {
      channels: 4 * groups,
      taps: pointwiseAllGroups(groups),
      bias: false,
    });
    return net.elu("elu", net.concat("both", net.add("sum", far, across), v));
  },
  "sparse taps, out of order": (net, x, groups) => {
    const [left, up] = [rowLeft(3, "A", groups)[0]!, rowsAbove(3, groups)[2]!];
    const a = net.convolution("a", x, { channels: 5, taps: [left, up], dilation: 2 });
    return net.convolution("b", net.relu("relu", a), {
      channels: 6,
      taps: [{ dy: -3, dx: 2, pairs: [[0, 0]] }, ...rowLeft(3, "B", groups).reverse()],
    });
  },
  "rows above seen by way of a node of which other groups see the row": (net, x, groups) => {
    const isFirst = (group: number) => groups === 1 || group === 0;
    const pairs = allPairs(groups);
    const above: Tap = { dy: -1, dx: 0, pairs: pairs.filter(([output]) => isFirst(output)) };
    const beside: Tap = { dy: 0, dx: -1, pairs: pairs.filter(([output]) => output > 0 || groups === 1) };
    const mixed = net.convolution("mixed", x, { channels: 4 * groups, taps: [above, beside] });
    const fromFirst: Tap[] = [{ dy: 0, dx: 0, pairs: pairs.filter(([, input]) => input === 0) }];
    const first = net.gate(
      "gate",
      net.convolution("first", mixed, { channels: 4 * groups, taps: fromFirst }),
    );
    const up = net.convolution("up", first, { channels: 2 * groups, taps: rowsAbove(3, groups) });
    return net.add("both", first, net.elu("elu", up));
  },
  "attention to the picture and to what was made of it": (net, x, groups) => {
    const h = net.elu(
      "h",
      net.convolution("first", x, { channels: 4 * groups, taps: maskedKernel(3, "A", groups) }),
    );
    const kept = net.concat("kept", x, h);
    // Two heads a group, of three keys and five values; keys and values of their own pixel, which later ones see.
    const wide = { channels: 6 * groups, taps: pointwise(groups) };
    const keys = net.convolution("keys", kept, wide);
    const queries = net.convolution("queries", h, wide);
    const values = net.convolution("values", kept, { channels: 10 * groups, taps: pointwise(groups) });
    const looked = net.attention("attention", 2 * groups, queries, keys, values);
    return net.concat("both", h, net.dropout("drop", looked, 0.5));
  },
  "attention of few groups to rows above, and to the picture as it is": (net, x, groups) => {
    const v = net.convolution("above", x, { channels: 4 * groups, taps: rowsAbove(3, groups) });
    const places = net.planes("planes", ["row", "column"]);
    // All heads in the first group: 9 keys each, and twelve values.
    const some = (channels: number) =>
      Array.from({ length: groups }, (_, g): [number, number] => [g && channels, channels]);
    const taps: Tap[] = [{ dy: 0, dx: 0, pairs: allPairs(groups).filter(([output]) => output === 0) }];
    const queries = net.convolution("queries", net.concat("placed", v, places), { channels: some(18), taps });
    const keys = net.convolution("keys", v, { channels: 18, taps: rowsUpTo(3, groups) });
    const up = net.attention(
      "up",
      2,
      queries,
      keys,
      net.convolution("values", v, { channels: some(24), taps }),
    );
    const own = net.convolution("own", net.elu("elu", v), { channels: groups, taps: pointwise(groups) });
    const seen = net.attention("picture", groups, own, x, net.concatElu("signs", x));
    // What was looked at is looked at: its rows are kept, and a convolution looks left of it.
    const again = net.attention("again", 2, up, net.relu("relu", up), up);
    const left = net.convolution("left", again, { channels: 3 * groups, taps: rowLeft(3, "B", groups) });
    return net.concat("all", left, seen, up);
  },
  "class bias on a row node and on a position node": (net, x, groups) => {
    const v = net.classBias(
      "ofRow",
      net.convolution("above", x, { channels: 5, taps: rowsAbove(3, groups) }),
    );
    const h = net.classBias(
      "ofPosition",
      net.convolution("left", x, { channels: 5, taps: rowLeft(3, "A", groups) }),
    );
    return net.elu("elu", net.add("sum", v, h));
  },
};

/** Changes that a builder does not make, to the finished graph. */
const changes: Record<string, (network: Network) => Network> = {
  "a bias of the same vector for all classes": (network) => {
    const last = network.nodes.at(-1)!;
    const bias: NetworkNode = {
      op: "bias",
      name: "vector",
      inputs: [last.name],
      groups: last.groups,
      bias: "vector.bias",
      perClass: false,
    };
    return { ...network, nodes: [...network.nodes, bias], output: bias.name };
  },
  "logits by a batch norm that folds": (network) => ({ ...network, ...normalised(network), output: "norm" }),
  "logits that a batch norm reads as well": (network) => ({ ...network, ...normalised(network) }),
  "another encoding of the levels": (network) => ({ ...network, encoding: { scale: 0.5, offset: 0.25 } }),
};

function normalised(network: Network): Pick<Network, "nodes"> {
  const norm: NetworkNode = {
    op: "batchNorm",
    name: "norm",
    inputs: [network.output],
    groups: network.nodes.at(-1)!.groups,
    scale: "norm.scale",
    shift: "norm.shift",
    mean: "norm.mean",
    variance: "norm.variance",
    epsilon: 0.01,
  };
  return { nodes: [...network.nodes, norm] };
}

/** LSTM cells with taps on themselves. */
const recurrent: Record<string, Build> = {
  "LSTM cells that go down by rows": (net, x, groups) => {
    const first = net.convolution("first", x, { channels: 4 * groups, taps: maskedKernel(3, "A", groups) });
    const told = net.convolution("told", first, { channels: 8 * groups, taps: rowLeft(3, "B", groups) });
    const h = net.lstm("row", told, {
      taps: tapsOn(groups, [-1, -1], [-1, 0], [-1, 1]),
      cell: { dy: -1, dx: 0 },
    });
    return net.concat("both", first, h);
  },
  "LSTM cells along both diagonals, the one of rows above swept before the row": (net, x, groups) => {
    const first = net.convolution("first", x, { channels: 2 * groups, taps: maskedKernel(3, "A", groups) });
    const told = net.convolution("told", first, { channels: 8 * groups, taps: pointwise(groups) });
    const left = net.lstm("left", net.classBias("ofPosition", told), {
      taps: tapsOn(groups, [-1, 0], [0, -1]),
      cell: { dy: 0, dx: -1 },
    });
    const above = net.convolution("above", first, {
      channels: 8 * groups,
      taps: tapsOn(groups, [-1, 0]),
    });
    const right = net.lstm("right", net.classBias("ofRow", above), {
      taps: tapsOn(groups, [-1, 0], [0, 1]),
      cell: { dy: 0, dx: 1 },
    });
    const again = net.lstm("again", net.elu("elu", net.concat("four", right, right, right, right)), {
      taps: tapsOn(groups, [0, -1], [-1, 1]),
      cell: { dy: 0, dx: -2 },
    });
    return net.add("sum", net.add("hidden", left, right), again);
  },
  "LSTM cells of few groups, whose taps leave some of them out": (net, x, groups) => {
    const wide = splitChannels(5, groups).map(([start, end]): [number, number] => [4 * start, 4 * end]);
    const told = net.convolution("told", x, { channels: wide, taps: maskedKernel(3, "A", groups) });
    const h = net.lstm("own", net.dropout("drop", told, 0.5), {
      taps: [
        { dy: -1, dx: 1, pairs: allPairs(groups).filter(([output, input]) => output === input) },
        { dy: -2, dx: 0, pairs: [[groups - 1, 0]] },
        { dy: 0, dx: -1, pairs: allPairs(groups).filter(([output, input]) => input <= output) },
      ],
      cell: { dy: -1, dx: -1 },
    });
    const rows = net.convolution("rows", x, {
      channels: Array.from({ length: groups }, (_, g): [number, number] => [g && 8, 8]),
      taps: tapsOn(groups, [-1, 0], [-1, 1]).map((tap) => ({
        ...tap,
        pairs: tap.pairs.filter(([output]) => output === 0),
      })),
    });
    const down = net.lstm("down", rows, {
      taps: [{ dy: -2, dx: 1, pairs: [[0, 0]] }],
      cell: { dy: -1, dx: 0 },
    });
    return net.concat("all", h, down);
  },
};

/** Those with LSTM cells for pictures of this shape, with three classes, by name. */
export function recurrentNetworks(picture: PictureShape): [name: string, network: Network][] {
  return Object.entries(recurrent).map(([name, body]) => [name, defineNetwork(build(body, picture))]);
}

function build(body: Build, picture: PictureShape): Network {
  const net = new NetworkBuilder(picture, 3);
  const x = net.input();
  return net.logits(body(net, x, picture.channels), pointwise(picture.channels));
}

/** Every hand-built network for pictures of this shape, with three classes, by name. */
export function handBuilt(picture: PictureShape): [name: string, network: Network][] {
  const plain: Build = (net, x, groups) =>
    net.relu(
      "relu",
      net.convolution("a", x, { channels: splitChannels(5, groups), taps: maskedKernel(3, "A", groups) }),
    );
  return [
    ...Object.entries({ ...bodies, ...recurrent }).map(([name, body]): [string, Network] => [
      name,
      build(body, picture),
    ]),
    ...Object.entries(changes).map(([name, change]): [string, Network] => [
      name,
      change(build(plain, picture)),
    ]),
  ].map(([name, network]) => [name, defineNetwork(network)]);
}
