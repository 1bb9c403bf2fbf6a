/** What attention sees is what its paths lead to, no more and no less, and its first position is 0. */
import { describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../src/network/builder.ts";
import { CausalityError } from "../../src/network/causality.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { Network, Tap } from "../../src/network/graph.ts";
import { receptiveField } from "../../src/network/receptive-field.ts";
import { scheduleOf } from "../../src/network/schedule.ts";
import { seesOf } from "../../src/network/sees.ts";
import { allPairs, maskedKernel, pointwise, rowsAbove } from "../../src/network/taps.ts";
import { valuesThatReach } from "../support/paths.ts";

const place = (i: number, width: number, channels: number) => {
  const position = Math.floor(i / channels);
  return { y: Math.floor(position / width), x: position % width, c: i % channels };
};

/** Attention with these taps before its keys and its values; its query looks up, or to the left. */
function attending(
  channels: number,
  keyTaps: readonly Tap[],
  valueTaps: readonly Tap[],
  query: Tap,
): Network {
  const net = new NetworkBuilder({ height: 4, width: 5, channels, levels: 2 }, 0);
  const x = net.input();
  const of = (name: string, taps: readonly Tap[]) =>
    net.convolution(name, x, { channels: 2 * channels, taps });
  const looked = net.attention(
    "looked",
    channels,
    of("queries", [query]),
    of("keys", keyTaps),
    of("values", valueTaps),
  );
  return net.logits(looked, pointwise(channels));
}

describe.each([1, 3])("%i picture channels", (channels) => {
  const tap = (dy: number, dx: number): Tap => ({ dy, dx, pairs: allPairs(channels) });
  const kept: [string, readonly Tap[]][] = [
    ["their own pixel", [tap(0, 0)]],
    ["two to the left", [tap(0, -2)]],
    ["rows above, to the right", [tap(-1, 2)]],
    ["the far left", [tap(0, -4)]],
    ["two places, of which the later is to the left", [tap(-2, 3), tap(0, -1)]],
    ["two places of one row", [tap(-1, -3), tap(-1, 4)]],
    ["the row above the first", [tap(-3, 0)]],
  ];
  it.each(
    kept.flatMap(([keys, keyTaps]) =>
      kept.map(([values, valueTaps]) => ({ keys, keyTaps, values, valueTaps })),
    ),
  )("keys see $keys, values $values", ({ keyTaps, valueTaps }) => {
    const network = defineNetwork(attending(channels, keyTaps, valueTaps, tap(-1, 1)));
    const reached = Array.from({ length: channels }, () => new Set<string>());
    valuesThatReach(network).forEach((values, logits) => {
      const to = place(logits, 5, channels);
      values.forEach((bit, value) => {
        const from = place(value, 5, channels);
        if (bit === 1) reached[to.c]!.add(`${from.y - to.y} ${from.x - to.x} ${from.c}`);
      });
    });
    seesOf(network)
      .get(network.output)!
      .forEach((set, channel) => {
        expect(new Set([...set].map(({ dy, dx, channel }) => `${dy} ${dx} ${channel}`))).toEqual(
          reached[channel],
        );
      });
  });

  it("sees everything before where keys see their own pixel, and keeps all rows of them", () => {
    const network = defineNetwork(attending(channels, [tap(0, 0)], [tap(0, 0)], tap(0, -1)));
    for (let channel = 0; channel < channels; channel++) {
      const { seen, blindSpot } = receptiveField(network, channel);
      expect(seen).toHaveLength((3 * 9 + 4) * channels);
      // Nobody here sees channels of their own pixel.
      expect(blindSpot.filter(({ dy, dx }) => dy < 0 || dx < 0)).toEqual([]);
    }
    const rows = new Map(scheduleOf(network).map(({ node, rows, kind }) => [node.name, [kind, rows]]));
    expect(Object.fromEntries(rows)).toMatchObject({
      queries: ["position", 0],
      keys: ["position", 4],
      values: ["position", 4],
      looked: ["position", 0],
    });
  });

  it("is computed at positions, whatever it attends to", () => {
    const net = new NetworkBuilder({ height: 4, width: 5, channels, levels: 2 }, 0);
    const above = net.convolution("above", net.input(), {
      channels: 2 * channels,
      taps: rowsAbove(3, channels),
    });
    const network = defineNetwork(
      net.logits(net.attention("looked", channels, above, above, above), pointwise(channels)),
    );
    expect(scheduleOf(network).map(({ kind }) => kind)).toEqual(["position", "row", "position", "position"]);
  });
});

it("a query that sees its own value is refused, and the way told", () => {
  const own: Tap = { dy: 0, dx: 0, pairs: allPairs(1) };
  const attempt = () => defineNetwork(attending(1, maskedKernel(3, "A", 1), [own], own));
  expect(attempt).toThrow(CausalityError);
  expect(attempt).toThrow("through logits tap (0, 0) < looked query < queries tap (0, 0) < input");
});

it("keys that see later pixels than their own are refused, and the way told", () => {
  const right: Tap = { dy: 0, dx: 1, pairs: allPairs(1) };
  const left: Tap = { dy: 0, dx: -1, pairs: allPairs(1) };
  const attempt = () => defineNetwork(attending(1, [right], [left], left));
  expect(attempt).toThrow(CausalityError);
  expect(attempt).toThrow("looked earlier keys < keys tap (0, 1) < input");
});
