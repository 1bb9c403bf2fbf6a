import { describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../src/network/builder.ts";
import { checkCausality } from "../../src/network/causality.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { Network, Tap } from "../../src/network/graph.ts";
import { ScheduleError, scheduleOf } from "../../src/network/schedule.ts";
import { allPairs, maskedKernel, pointwise, rowsAbove, rowsUpTo } from "../../src/network/taps.ts";
import { gated } from "../../src/presets/gated.ts";
import { naive } from "../../src/presets/naive.ts";

/** name, kind, steps, rows */
function table(network: Network): [string, string, string, number][] {
  return scheduleOf(network).map(({ node, kind, steps, rows }) => [node.name, kind, steps.join(" "), rows]);
}

const grey = { height: 9, width: 9, channels: 1, levels: 2 };
const colour = { height: 9, width: 9, channels: 3, levels: 2 };

describe("the schedule", () => {
  it("of the gated model: the vertical stack by rows, the horizontal one by positions", () => {
    expect(table(gated({ picture: grey, channels: 4, layers: 2, dilations: [1] }))).toEqual([
      ["input", "position", "1", 4],
      ["first.vertical", "row", "0", 2],
      ["first.horizontal", "position", "0", 1],
      ["block1.vertical", "row", "0", 1],
      ["block1.horizontal", "position", "0", 0],
      ["block1.across", "row", "0", 1],
      ["block1.meet", "position", "0", 0],
      ["block1.verticalGate", "row", "0", 2],
      ["block1.horizontalGate", "position", "0", 0],
      ["block1.residual", "position", "0", 0],
      ["block1.sum", "position", "0", 1],
      ["block2.vertical", "row", "0", 1],
      ["block2.horizontal", "position", "0", 0],
      ["block2.across", "row", "0", 1],
      ["block2.meet", "position", "0", 0],
      ["block2.horizontalGate", "position", "0", 0],
      ["block2.residual", "position", "0", 0],
      ["block2.sum", "position", "0", 0],
      ["head.relu1", "position", "0", 0],
      ["head", "position", "0", 0],
      ["head.relu2", "position", "0", 0],
      ["logits", "position", "0", 0],
    ]);
  });

  it("of the gated model in colour: groups in the steps R, G, B", () => {
    const steps = new Map(
      table(gated({ picture: colour, channels: 6, layers: 1 })).map(([name, , s]) => [name, s]),
    );
    expect(steps.get("input")).toBe("1 2 3");
    expect(steps.get("first.vertical")).toBe("0 0 0");
    expect(steps.get("first.horizontal")).toBe("0 1 2");
    expect(steps.get("block1.across")).toBe("0 0 0");
    expect(steps.get("block1.sum")).toBe("0 1 2");
    expect(steps.get("logits")).toBe("0 1 2");
  });

  it("of the naive model: every layer by positions, 7 rows deep kernels keep 4", () => {
    const picture = { ...colour, levels: 4 };
    expect(table(naive({ picture, channels: 6, layers: 2, classes: 2 }))).toEqual([
      ["input", "position", "1 2 3", 4],
      ["layer1.convolution", "position", "0 1 2", 0],
      ["layer1.batchNorm", "position", "0 1 2", 0],
      ["layer1.class", "position", "0 1 2", 0],
      ["layer1.relu", "position", "0 1 2", 4],
      ["layer2.convolution", "position", "0 1 2", 0],
      ["layer2.batchNorm", "position", "0 1 2", 0],
      ["layer2.class", "position", "0 1 2", 0],
      ["layer2.relu", "position", "0 1 2", 0],
      ["logits", "position", "0 1 2", 0],
    ]);
  });

  it("keeps rows by dilation, but never more than the picture has", () => {
    const rows = (dilation: number) => {
      const net = new NetworkBuilder(grey, 0);
      const x = net.convolution("first", net.input(), { channels: 2, taps: maskedKernel(3, "A", 1) });
      const y = net.convolution("far", x, { channels: 2, taps: maskedKernel(3, "B", 1), dilation });
      return table(net.logits(y, pointwise(1))).find(([name]) => name === "first")![3];
    };
    expect([1, 2, 5, 8, 30].map(rows)).toEqual([2, 3, 6, 9, 9]);
  });

  it("of a node that sees only rows above, of a node that does not: by positions", () => {
    // Group 0 looks up, the others left; then all groups look at group 0.
    const beside = { dy: 0, dx: -1, pairs: allPairs(3).filter(([output]) => output > 0) };
    const above = { dy: -1, dx: 0, pairs: allPairs(3).filter(([output]) => output === 0) };
    const net = new NetworkBuilder(colour, 0);
    const mixed = net.convolution("mixed", net.input(), { channels: 6, taps: [above, beside] });
    const first: Tap = {
      dy: 0,
      dx: 0,
      pairs: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    };
    const h = net.relu("relu", net.convolution("first", mixed, { channels: 6, taps: [first] }));
    const up = net.convolution("up", h, { channels: 6, taps: rowsAbove(3, 3) });
    const both = net.add("both", h, up);
    expect(table(defineNetwork(net.logits(both, pointwise(3))))).toEqual([
      ["input", "position", "1 2 3", 2],
      ["mixed", "position", "0 0 0", 0],
      ["first", "position", "0 0 0", 0],
      ["relu", "position", "0 0 0", 2],
      ["up", "row", "0 0 0", 1],
      ["both", "position", "0 0 0", 0],
      ["logits", "position", "0 0 0", 0],
    ]);
  });

  it.each([
    [grey, "1"],
    [colour, "1 2 3"],
  ])("computes a 1×1 embedding of the picture after each channel is drawn", (picture, steps) => {
    const net = new NetworkBuilder(picture, 0);
    const groups = picture.channels;
    const embedding = net.convolution("embedding", net.input(), { channels: 6, taps: pointwise(groups) });
    const h = net.convolution("masked", embedding, { channels: 6, taps: maskedKernel(3, "A", groups) });
    const network = defineNetwork(net.logits(h, pointwise(groups)));
    expect(table(network).find(([name]) => name === "embedding")).toEqual([
      "embedding",
      "position",
      steps,
      2,
    ]);
  });
});

describe("causal, but a node looks at what is not drawn yet", () => {
  const tap = (dy: number, dx: number): Tap => ({ dy, dx, pairs: allPairs(1) });
  const build = (...kernels: (readonly Tap[])[]) => {
    const net = new NetworkBuilder(grey, 0);
    let h = net.input();
    kernels.forEach((taps, i) => {
      h = net.convolution(`layer${i + 1}`, h, { channels: 2, taps });
    });
    return net.logits(h, pointwise(1));
  };

  it.each([
    ["a row below, made up for later", build([tap(1, 0)], [tap(-2, 0)]), "layer1", "(1, 0)"],
    [
      "a row below a row node",
      build(rowsAbove(5, 1), [tap(-1, 0), tap(1, 0)], [tap(-2, 0)]),
      "layer2",
      "(1, 0)",
    ],
    ["a later position, made up for later", build([tap(0, 1)], [tap(0, -2)]), "layer1", "(0, 1)"],
    ["a later position of a position node", build([tap(0, -3)], [tap(0, 2)]), "layer2", "(0, 2)"],
  ])("%s: refused, naming node and tap", (_, network, node, place) => {
    expect(() => checkCausality(network)).not.toThrow();
    const attempt = () => defineNetwork(network);
    expect(attempt).toThrow(ScheduleError);
    expect(attempt).toThrow(`node "${node}"`);
    expect(attempt).toThrow(place);
  });

  it("also a later position of a node that sees only rows above by way of one that sees more: refused", () => {
    const net = new NetworkBuilder(colour, 0);
    const above = { dy: -1, dx: 0, pairs: allPairs(3).filter(([output]) => output === 0) };
    const beside = { dy: 0, dx: -1, pairs: allPairs(3).filter(([output]) => output > 0) };
    const mixed = net.convolution("mixed", net.input(), { channels: 3, taps: [above, beside] });
    const fromFirst = (dx: number): Tap[] => [
      { dy: 0, dx, pairs: allPairs(3).filter(([, input]) => input === 0) },
    ];
    const first = net.convolution("first", mixed, { channels: 3, taps: fromFirst(0) });
    const later = net.logits(
      net.convolution("later", first, { channels: 3, taps: fromFirst(1) }),
      pointwise(3),
    );
    expect(() => checkCausality(later)).not.toThrow();
    expect(() => defineNetwork(later)).toThrow(ScheduleError);
    expect(() => defineNetwork(later)).toThrow(
      'tap (0, 1) reads a later position of "first", not a row node',
    );
  });

  it("accepts a later position of a row node, which is complete before the row starts", () => {
    const network = build(rowsAbove(3, 1), rowsUpTo(3, 1), [tap(0, 3)]);
    expect(() => defineNetwork(network)).not.toThrow();
    expect(table(network).map(([, kind]) => kind)).toEqual(["position", "row", "row", "row", "row"]);
  });
});
