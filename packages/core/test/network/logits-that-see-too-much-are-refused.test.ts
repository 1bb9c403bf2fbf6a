import { describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../src/network/builder.ts";
import { CausalityError } from "../../src/network/causality.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { GroupPair, Network, Tap } from "../../src/network/graph.ts";
import {
  allPairs,
  centrePairs,
  maskedKernel,
  pointwise,
  pointwiseAllGroups,
  rowLeft,
} from "../../src/network/taps.ts";

/** Convolutions one after another, then logits. */
function chain(channels: 1 | 3, ...kernels: (readonly Tap[])[]): Network {
  const net = new NetworkBuilder({ height: 5, width: 5, channels, levels: 4 }, 0);
  let h = net.input();
  kernels.forEach((taps, i) => {
    h = net.relu(`relu${i + 1}`, net.convolution(`layer${i + 1}`, h, { channels: 6, taps }));
  });
  return net.logits(h, pointwise(channels));
}

function at(dy: number, dx: number, pairs: readonly GroupPair[]): Tap {
  return { dy, dx, pairs };
}

function refusal(network: Network): CausalityError {
  try {
    defineNetwork(network);
  } catch (error) {
    if (error instanceof CausalityError) return error;
    throw error;
  }
  throw new Error("expected a CausalityError, the network was accepted");
}

const grey = allPairs(1);
const tail = (...steps: string[]) => ["logits tap (0, 0)", ...steps, "input"];

describe("a network is refused", () => {
  // network, channel of the logits, (dy, dx, channel) that they see, the way there
  const cases: [string, Network, number, [number, number, number], string[]][] = [
    [
      "with mask B where the picture is read",
      chain(1, maskedKernel(3, "B", 1)),
      0,
      [0, 0, 0],
      tail("relu1", "layer1 tap (0, 0)"),
    ],
    [
      "with mask A, then mask B, but the picture read once more",
      (() => {
        const net = new NetworkBuilder({ height: 5, width: 5, channels: 1, levels: 4 }, 0);
        const x = net.input();
        const good = net.convolution("good", x, { channels: 2, taps: maskedKernel(3, "A", 1) });
        const bad = net.convolution("bad", x, { channels: 2, taps: maskedKernel(3, "B", 1) });
        return net.logits(net.add("sum", good, bad), pointwise(1));
      })(),
      0,
      [0, 0, 0],
      tail("sum", "bad tap (0, 0)"),
    ],
    [
      "when R reads G of its own pixel",
      chain(3, [at(0, 0, [...centrePairs(3, "A"), [0, 1]])]),
      0,
      [0, 0, 1],
      tail("relu1", "layer1 tap (0, 0)"),
    ],
    ["when G reads itself", chain(3, [at(0, 0, [[1, 1]])]), 1, [0, 0, 1], tail("relu1", "layer1 tap (0, 0)")],
    [
      "when a 1×1 convolution mixes the groups",
      chain(3, maskedKernel(3, "A", 3), pointwiseAllGroups(3)),
      0,
      [0, 0, 0],
      tail("relu2", "layer2 tap (0, 0)", "relu1", "layer1 tap (0, 0)"),
    ],
    [
      "when it looks right",
      chain(1, [...rowLeft(3, "A", 1), at(0, 1, grey)]),
      0,
      [0, 1, 0],
      tail("relu1", "layer1 tap (0, 1)"),
    ],
    ["when it looks down", chain(1, [at(1, -2, grey)]), 0, [1, -2, 0], tail("relu1", "layer1 tap (1, -2)")],
    [
      "when only B's logits look right, at R",
      chain(3, [...rowLeft(3, "A", 3), at(0, 1, [[2, 0]])]),
      2,
      [0, 1, 0],
      tail("relu1", "layer1 tap (0, 1)"),
    ],
    [
      "when a look to the right makes a look to the left land on itself",
      chain(1, [at(0, -1, grey)], [at(0, 1, grey)]),
      0,
      [0, 0, 0],
      tail("relu2", "layer2 tap (0, 1)", "relu1", "layer1 tap (0, -1)"),
    ],
    [
      "when a row further up does not make up for a row below",
      chain(1, [at(-1, 0, grey)], [at(2, 0, grey)]),
      0,
      [1, 0, 0],
      tail("relu2", "layer2 tap (2, 0)", "relu1", "layer1 tap (-1, 0)"),
    ],
  ];

  it.each(cases)("%s", (_, network, channel, [dy, dx, seen], path) => {
    const error = refusal(network);
    expect(error.node).toBe("logits");
    expect(error.channel).toBe(channel);
    expect(error.offset).toEqual({ dy, dx, channel: seen });
    expect(error.path).toEqual(path);
    const where = dy === 0 && dx === 0 ? "of the same pixel" : `(dy ${dy}, dx ${dx})`;
    for (const part of [
      'node "logits"',
      `of channel ${channel} `,
      `channel ${seen} `,
      where,
      path.join(" < "),
    ]) {
      expect(error.message).toContain(part);
    }
  });

  it("through a dilated tap, by the tap's own offset and the pixel it reaches", () => {
    const net = new NetworkBuilder({ height: 5, width: 5, channels: 1, levels: 4 }, 0);
    const h = net.convolution("wide", net.input(), { channels: 2, taps: [at(0, 2, grey)], dilation: 2 });
    const error = refusal(net.logits(h, pointwise(1)));
    expect(error.offset).toEqual({ dy: 0, dx: 4, channel: 0 });
    expect(error.path).toEqual(["logits tap (0, 0)", "wide tap (0, 2)", "input"]);
  });
});

describe("a network is accepted", () => {
  it.each([
    ["mask A, then mask B", chain(1, maskedKernel(3, "A", 1), maskedKernel(3, "B", 1))],
    ["the same in colour", chain(3, maskedKernel(3, "A", 3), maskedKernel(3, "B", 3))],
    ["a 1×1 embedding, then mask A", chain(3, pointwise(3), maskedKernel(3, "A", 3))],
    ["logits that see nothing at all", chain(1, [at(-9, 0, grey)])],
  ])("with %s", (_, network) => {
    expect(() => defineNetwork(network)).not.toThrow();
  });
});
