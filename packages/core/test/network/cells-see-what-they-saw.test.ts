/** What LSTM cells see: two-sided, by moving single values of the picture; as a receptive field; and when they can be computed. */
import { describe, expect, it } from "vitest";
import { NetworkBuilder } from "../../src/network/builder.ts";
import { CausalityError, isEarlier } from "../../src/network/causality.ts";
import { defineNetwork } from "../../src/network/define-network.ts";
import type { Network, Tap } from "../../src/network/graph.ts";
import { ScheduleError, scheduleOf } from "../../src/network/schedule.ts";
import { seesOf } from "../../src/network/sees.ts";
import { allPairs, maskedKernel, pointwise, rowsAbove } from "../../src/network/taps.ts";
import { waveAt, waveCount, waveOrderOf, wavesOf } from "../../src/network/waves.ts";
import { dimensions, type PictureShape } from "../../src/picture.ts";
import { recurrentNetworks } from "../support/hand-built.ts";
import { valuesThatReach } from "../support/paths.ts";
import { randomWeights } from "../support/random-model.ts";
import { referenceLogits } from "../support/reference-forward.ts";

type Place = readonly [dy: number, dx: number];

const papers = {
  row: {
    taps: [
      [-1, -1],
      [-1, 0],
      [-1, 1],
    ],
    cell: [-1, 0],
  },
  diagonal: {
    taps: [
      [-1, 0],
      [0, -1],
    ],
    cell: [0, -1],
  },
  mirror: {
    taps: [
      [-1, 0],
      [0, 1],
    ],
    cell: [0, 1],
  },
} as const satisfies Record<string, { taps: readonly Place[]; cell: Place }>;

function tapsOf(places: readonly Place[], groups: number): Tap[] {
  return places.map(([dy, dx]) => ({ dy, dx, pairs: allPairs(groups) }));
}

/** One cell behind a convolution that sees `first`, and nothing beside it. */
function ofOneCell(picture: PictureShape, name: keyof typeof papers, first: readonly Tap[]): Network {
  const { taps, cell } = papers[name];
  const net = new NetworkBuilder(picture, 0);
  const told = net.convolution("told", net.input(), { channels: 8 * picture.channels, taps: first });
  const h = net.lstm("h", told, { taps: tapsOf(taps, picture.channels), cell: { dy: cell[0], dx: cell[1] } });
  return net.logits(h, pointwise(picture.channels));
}

/** The logits of one group of a cell see these. */
function seenBy(picture: PictureShape, name: keyof typeof papers, first: readonly Tap[]): string[] {
  return [...seesOf(ofOneCell(picture, name, first)).get("h")![0]!].map(({ dy, dx }) => `${dy} ${dx}`);
}

/** Offsets for which something holds, in raster order. */
function offsetsWhere({ height, width }: PictureShape, holds: (dy: number, dx: number) => boolean): string[] {
  const found: string[] = [];
  for (let dy = 1 - height; dy <= 0; dy++) {
    for (let dx = 1 - width; dx < width; dx++) if (holds(dy, dx)) found.push(`${dy} ${dx}`);
  }
  return found;
}

const grey: PictureShape = { height: 9, width: 8, channels: 1, levels: 2 };
const left = tapsOf([[0, -1]], 1);
const above = tapsOf([[-1, 0]], 1);

describe("a cell that is told of one pixel", () => {
  it("sees a triangle where it goes down by rows", () => {
    expect(seenBy(grey, "row", left)).toEqual(offsetsWhere(grey, (dy, dx) => Math.abs(dx + 1) <= -dy));
  });

  it("sees all above and left of it along a diagonal, and in its mirror image all above and right of it", () => {
    expect(seenBy(grey, "diagonal", left)).toEqual(offsetsWhere(grey, (_, dx) => dx < 0));
    expect(seenBy(grey, "mirror", above)).toEqual(offsetsWhere(grey, (dy, dx) => dy < 0 && dx >= 0));
  });

  it("sees, along both diagonals, everything before it", () => {
    const both = new Set([...seenBy(grey, "diagonal", left), ...seenBy(grey, "mirror", above)]);
    expect([...both].sort()).toEqual(offsetsWhere(grey, (dy, dx) => dy < 0 || dx < 0).sort());
  });
});

describe.each([1, 3])("of a picture of %i channel(s)", (channels) => {
  const picture: PictureShape = { height: 4, width: 5, channels, levels: 3 };
  const networks: [string, Network][] = [
    ["row", ofOneCell(picture, "row", maskedKernel(3, "A", channels))],
    ["diagonal", ofOneCell(picture, "diagonal", maskedKernel(3, "A", channels))],
    ["mirror image", ofOneCell(picture, "mirror", rowsAbove(3, channels))],
    ...recurrentNetworks(picture),
  ];

  it.each(networks)("exactly the logits move that a value reaches, all later ones: %s", (_, network) => {
    const { weights } = randomWeights(defineNetwork(network), 3);
    const count = dimensions(picture);
    const options = { labels: [0] };
    const levels = Array.from({ length: count }, (_, i) => (i * i + i) % 3);
    const before = referenceLogits(network, weights, levels, 1, options);
    const perValue = before.length / count;
    const reached = valuesThatReach(network);
    const sees = seesOf(network).get(network.output)!;
    const placeOf = (value: number) => {
      const place = Math.floor(value / channels);
      return { y: Math.floor(place / 5), x: place % 5, channel: value % channels };
    };
    for (let value = 0; value < count; value++) {
      const after = referenceLogits(
        network,
        weights,
        levels.map((level, i) => (i === value ? (level + 1) % 3 : level)),
        1,
        options,
      );
      for (let at = 0; at < count; at++) {
        const isMoved = Array.from({ length: perValue }, (_, k) => at * perValue + k).some(
          (logit) => after[logit] !== before[logit],
        );
        const [from, to] = [placeOf(value), placeOf(at)];
        const offset = { dy: from.y - to.y, dx: from.x - to.x, channel: from.channel };
        const isSeen = isEarlier(offset, to.channel) && sees[to.channel]!.has(offset);
        if (isMoved !== (reached[at]![value] === 1) || (isMoved && !isSeen)) {
          expect.fail(
            `logits at ${JSON.stringify(to)} ${isMoved ? "move" : "stay"} with ${JSON.stringify(from)}`,
          );
        }
      }
    }
  });
});

describe("the schedule of a cell", () => {
  const scheduled = (network: Network, name: string) => {
    const { kind, sweep, rows } = scheduleOf(network).find(({ node }) => node.name === name)!;
    return { kind, sweep, rows };
  };

  it("is position by position where it is told of its row, and keeps the rows of its own taps", () => {
    expect(scheduled(ofOneCell(grey, "row", left), "h")).toEqual({ kind: "position", sweep: null, rows: 2 });
    expect(scheduled(ofOneCell(grey, "diagonal", left), "h")).toEqual({
      kind: "position",
      sweep: null,
      rows: 2,
    });
  });

  it("is before the row where it is told of rows above: at once, or swept along it away from its taps", () => {
    const before = { kind: "row", rows: 2 };
    expect(scheduled(ofOneCell(grey, "row", above), "h")).toEqual({ ...before, sweep: null });
    expect(scheduled(ofOneCell(grey, "diagonal", above), "h")).toEqual({ ...before, sweep: "rightwards" });
    expect(scheduled(ofOneCell(grey, "mirror", above), "h")).toEqual({ ...before, sweep: "leftwards" });
  });

  it("is refused where it waits for what is right of it, and is told of what is made at positions", () => {
    const net = new NetworkBuilder({ ...grey, channels: 3 }, 0);
    const ofRow: Tap = { dy: 0, dx: 0, pairs: [[2, 0]] };
    // Groups of rows above alone, in a node whose last group waits for the pixel's red.
    const mixed = net.convolution("mixed", net.input(), {
      channels: 3,
      taps: [...tapsOf([[-1, 0]], 3), ofRow],
    });
    const told = net.convolution("told", mixed, {
      channels: 12,
      taps: [{ dy: 0, dx: 0, pairs: [0, 1, 2].map((output) => [output, 0] as const) }],
    });
    const h = net.lstm("h", told, { taps: tapsOf([[0, 1]], 3), cell: { dy: 0, dx: 1 } });
    const network = net.logits(h, pointwise(3));
    const attempt = () => defineNetwork(network);
    expect(attempt).toThrow(ScheduleError);
    expect(attempt).toThrow(
      'node "h" cannot be computed before the pixels it needs are drawn: own tap (0, 1) reads a later position, and "told" is',
    );
  });
});

it("the way of an error goes through a cell's own taps", () => {
  const attempt = () => defineNetwork(ofOneCell(grey, "diagonal", tapsOf([[0, 1]], 1)));
  expect(attempt).toThrow(CausalityError);
  expect(attempt).toThrow("through logits tap (0, 0) < h own tap (0, -1) < h < told tap (0, 1) < input");
});

it("a deep network of cells is proved within the budget, on large pictures of colours", () => {
  const net = new NetworkBuilder({ height: 256, width: 256, channels: 3, levels: 256 }, 0);
  let h = net.convolution("first", net.input(), { channels: 12, taps: maskedKernel(7, "A", 3) });
  for (let i = 0; i < 24; i++) {
    const { taps, cell } = i % 2 === 0 ? papers.row : papers.diagonal;
    const told = net.convolution(`told${i}`, h, { channels: 12, taps: pointwise(3) });
    h = net.lstm(`h${i}`, told, { taps: tapsOf(taps, 3), cell: { dy: cell[0], dx: cell[1] } });
    h = net.convolution(`up${i}`, h, { channels: 12, taps: pointwise(3) });
  }
  expect(() => defineNetwork(net.logits(h, pointwise(3)))).not.toThrow();
});

describe("waves", () => {
  it.each([
    ["row", papers.row, { down: 1, along: 0 }],
    ["diagonal", papers.diagonal, { down: 1, along: 1 }],
    ["mirror image", papers.mirror, { down: 1, along: -1 }],
    [
      "far taps",
      {
        taps: [
          [-1, 2],
          [0, -2],
        ],
        cell: [-2, 1],
      },
      { down: 3, along: 1 },
    ],
    [
      "steep ones",
      {
        taps: [
          [-2, -3],
          [0, 1],
        ],
        cell: [-1, 0],
      },
      { down: 2, along: -1 },
    ],
  ] as const)("are the fewest in which every read comes before: %s", (_, { taps, cell }, expected) => {
    const order = waveOrderOf([...taps, cell]);
    expect(order).toEqual(expected);
    const [height, width] = [4, 6];
    const waves = wavesOf(order, height, width);
    expect(waves).toHaveLength(waveCount(order, height, width));
    expect(waves.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: height * width }, (_, p) => p));
    waves.forEach((positions, wave) => {
      for (const p of positions) {
        const [y, x] = [Math.floor(p / width), p % width];
        expect(waveAt(order, y, x, width)).toBe(wave);
        for (const [dy, dx] of [...taps, cell]) {
          const before = waveAt(order, y + dy, x + dx, width);
          expect(before).toBeLessThan(wave);
          expect(wave - before).toBe(-(order.down * dy + order.along * dx));
        }
      }
    });
  });
});
