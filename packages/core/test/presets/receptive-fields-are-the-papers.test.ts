import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/errors.ts";
import type { Network } from "../../src/network/graph.ts";
import { receptiveField } from "../../src/network/receptive-field.ts";
import { diagonalBilstm } from "../../src/presets/diagonal-bilstm.ts";
import { gated } from "../../src/presets/gated.ts";
import { naive } from "../../src/presets/naive.ts";
import { pixelcnn } from "../../src/presets/pixelcnn.ts";
import { pixelcnnPlusPlus } from "../../src/presets/pixelcnn-plus-plus.ts";
import { rowLstm } from "../../src/presets/row-lstm.ts";
import { snail } from "../../src/presets/snail.ts";

const grey = { height: 25, width: 25, channels: 1, levels: 2 };
const colour = { height: 25, width: 25, channels: 3, levels: 2 };

/** Rows from the topmost to the own one: 1 seen, . blind or not drawn yet. */
function draw(network: Network): string[] {
  const { seen, reach } = receptiveField(network);
  return Array.from({ length: reach.up + 1 }, (_, row) =>
    Array.from({ length: reach.left + 1 + reach.right }, (_, column) =>
      seen.some(({ dy, dx }) => dy === row - reach.up && dx === column - reach.left) ? "1" : ".",
    ).join(""),
  );
}

describe("the blind spot of one stack: to the right, a step a row", () => {
  it("naive: each row up sees 3 columns more, until every layer went right", () => {
    expect(draw(naive({ picture: grey, channels: 2, layers: 3 }))).toEqual([
      "1111111111111111111",
      "1111111111111111111",
      "1111111111111111111",
      "1111111111111111111",
      "1111111111111111111",
      "1111111111111111111",
      "1111111111111111111",
      "1111111111111111...",
      "1111111111111......",
      "111111111..........",
    ]);
  });

  it("pixelcnn: 3 columns by the first layer, then one a block", () => {
    expect(draw(pixelcnn({ picture: grey, channels: 2, layers: 3 }))).toEqual([
      "1111111111111",
      "1111111111111",
      "1111111111111",
      "111111111111.",
      "11111111111..",
      "1111111111...",
      "111111.......",
    ]);
  });

  it("lists exactly the earlier values that are missing, in all colours", () => {
    const { seen, blindSpot } = receptiveField(naive({ picture: colour, channels: 6, layers: 2 }), 1);
    const missing = [4, 5, 6].flatMap((dx) => [0, 1, 2].map((channel) => ({ dy: -1, dx, channel })));
    expect(blindSpot).toEqual(missing);
    // 6 rows of 13, less 3 blind, and 6 to the left, of three values each; and R of the own pixel.
    expect(seen).toHaveLength((6 * 13 - 3 + 6) * 3 + 1);
  });
});

describe("the gated model has no blind spot", () => {
  const layouts = [
    { layers: 1 },
    { layers: 6 },
    { layers: 3, dilations: [1] },
    { layers: 3, dilations: [1, 2, 4] },
    { layers: 4, dilations: [2, 1] },
  ];
  it.each(
    layouts.flatMap((layout) => [
      { picture: grey, channels: 1, ...layout },
      { picture: grey, channels: 4, ...layout },
      { picture: colour, channels: 3, ...layout },
      { picture: colour, channels: 7, ...layout },
    ]),
  )(
    "$picture.channels picture channels, $channels hidden, $layers layers, dilations $dilations",
    (options) => {
      for (let channel = 0; channel < options.picture.channels; channel++) {
        expect(receptiveField(gated(options), channel).blindSpot).toEqual([]);
      }
    },
  );

  it("and reaches what its layers reach: 3 by the first, then the dilation of each", () => {
    const network = gated({ picture: grey, channels: 2, layers: 3, dilations: [1, 2, 4] });
    expect(receptiveField(network).reach).toEqual({ up: 10, left: 10, right: 10 });
    expect(receptiveField(network).seen).toHaveLength(10 * 21 + 10);
  });

  it("and by default 14 pixels to every side, half of a 28×28 picture", () => {
    const picture = { ...grey, height: 31, width: 31 };
    expect(receptiveField(gated({ picture, channels: 2 })).reach).toEqual({ up: 14, left: 14, right: 14 });
  });
});

describe("pixelcnn++ has no blind spot", () => {
  it.each(
    [{ layers: 1 }, { layers: 3 }, { layers: 4, dilations: [1, 2] }].flatMap((layout) => [
      { picture: grey, channels: 2, ...layout },
      { picture: colour, channels: 7, ...layout },
    ]),
  )("$picture.channels picture channels, $layers layers, dilations $dilations", (options) => {
    // To the left in its own row it sees no further than the horizontal stack goes by itself: a step, then two dilations a layer, out and back.
    const { layers, dilations = [1, 2, 4] } = options;
    const steps = Array.from(
      { length: layers },
      (_, i) => dilations[Math.floor((i * dilations.length) / layers)]!,
    );
    const left = 1 + 4 * steps.reduce((sum, dilation) => sum + dilation, 0);
    for (let channel = 0; channel < options.picture.channels; channel++) {
      const { blindSpot } = receptiveField(pixelcnnPlusPlus(options), channel);
      expect(blindSpot.filter(({ dy, dx }) => dy < 0 || dx >= -left)).toEqual([]);
    }
  });

  it("and by default sees all that is earlier in a picture of 28×28", () => {
    const picture = { ...grey, height: 28, width: 28 };
    const network = pixelcnnPlusPlus({ picture, channels: 2 });
    expect(receptiveField(network)).toMatchObject({ blindSpot: [], reach: { up: 27, left: 27, right: 27 } });
  });

  it("and reaches so far because the horizontal stack goes on from what the vertical one knows", () => {
    // 2 rows and 1 column by the first layer and 14 by the vertical stack out; the rest of the last layer, 4, and 14 by the horizontal one back.
    const network = pixelcnnPlusPlus({ picture: { ...grey, height: 41, width: 65 }, channels: 2 });
    expect(receptiveField(network).reach).toEqual({
      up: 2 + 14 + 4 + 14,
      left: 1 + 14 + 4 + 14,
      right: 1 + 14 + 14,
    });
  });
});

describe("snail sees all that is earlier, by one block", () => {
  it.each([{ picture: grey }, { picture: colour }])("$picture.channels picture channels", ({ picture }) => {
    const { height, width, channels } = picture;
    for (let channel = 0; channel < channels; channel++) {
      const { blindSpot, reach } = receptiveField(snail({ picture, channels: 7, layers: 1 }), channel);
      expect(blindSpot).toEqual([]);
      expect(reach).toEqual({ up: height - 1, left: width - 1, right: width - 1 });
    }
  });
});

describe("Pixel RNNs", () => {
  it.each([1, 2, 7])("row-lstm sees a triangle that widens by a column a row: %i layer(s)", (layers) => {
    const { seen } = receptiveField(rowLstm({ picture: grey, channels: 2, layers }));
    // On the right the first layer sees three columns of three rows, and whoever goes up from there one more a row.
    const right = (dy: number) => (dy === 0 ? -1 : -dy + 2);
    const isSeen = ({ dy, dx }: { dy: number; dx: number }) => seen.some((o) => o.dy === dy && o.dx === dx);
    for (let dy = -24; dy <= 0; dy++) {
      expect(isSeen({ dy, dx: Math.min(24, right(dy)) })).toBe(true);
      if (right(dy) < 24) expect(isSeen({ dy, dx: Math.max(0, right(dy) + 1) })).toBe(false);
    }
  });

  it.each([grey, colour])(
    "diagonal-bilstm sees all that is earlier, by one layer: $channels picture channels",
    (picture) => {
      for (let channel = 0; channel < picture.channels; channel++) {
        const { blindSpot, reach } = receptiveField(
          diagonalBilstm({ picture, channels: 7, layers: 1 }),
          channel,
        );
        expect(blindSpot).toEqual([]);
        expect(reach).toEqual({ up: 24, left: 24, right: 24 });
      }
    },
  );
});

describe.each(Object.entries({ naive, pixelcnn, gated, pixelcnnPlusPlus, snail, rowLstm, diagonalBilstm }))(
  "%s",
  (_, build) => {
    it("sees the channels before its own at the same pixel, and no others", () => {
      for (const channels of [3, 4, 5, 8]) {
        const network = build({ picture: colour, channels, layers: 2 });
        const samePixel = [0, 1, 2].map((channel) =>
          receptiveField(network, channel).seen.flatMap((o) => (o.dy === 0 && o.dx === 0 ? [o.channel] : [])),
        );
        expect(samePixel).toEqual([[], [0], [0, 1]]);
      }
    });
  },
);

it.each([-1, 1, 0.5])("a grey picture has no channel %d", (channel) => {
  expect(() => receptiveField(pixelcnn({ picture: grey, channels: 4, layers: 1 }), channel)).toThrow(
    OptionError,
  );
});
