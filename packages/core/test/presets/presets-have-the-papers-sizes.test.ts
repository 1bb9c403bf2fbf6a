import { describe, expect, it } from "vitest";
import { NetworkError, OptionError } from "../../src/errors.ts";
import { countWeights } from "../../src/network/parameters.ts";
import type { PictureShape } from "../../src/picture.ts";
import { buildPreset, type PresetName, presets } from "../../src/presets/build-preset.ts";
import { diagonalBilstm } from "../../src/presets/diagonal-bilstm.ts";
import { gated } from "../../src/presets/gated.ts";
import { local } from "../../src/presets/local.ts";
import { naive } from "../../src/presets/naive.ts";
import { pixelcnn } from "../../src/presets/pixelcnn.ts";
import { pixelcnnPlusPlus } from "../../src/presets/pixelcnn-plus-plus.ts";
import { rowLstm } from "../../src/presets/row-lstm.ts";
import { snail } from "../../src/presets/snail.ts";

const mnist = { height: 28, width: 28, channels: 1, levels: 2 };

describe("number of weights, counted by hand", () => {
  it("naive: eight 7×7 layers of 64 channels to 256 levels, 736,000", () => {
    const first = 24 * 64;
    const others = 7 * 25 * 64 * 64;
    const batchNorms = 8 * 2 * 64;
    const logits = 64 * 256 + 256;
    expect(first + others + batchNorms + logits).toBe(736_000);
    expect(countWeights(naive({ picture: { ...mnist, levels: 256 } }))).toBe(736_000);
  });

  it("gated: six blocks of 32 channels with classes, 132,673", () => {
    const first = 21 * 32 + 32 + (3 * 32 + 32);
    const vertical = 6 * 32 * 64 + 64 + 64;
    const horizontal = 2 * 32 * 64 + 64 + 64;
    const block = vertical + horizontal + 64 * 64 + (32 * 32 + 32);
    const head = 32 * 32 + 32 + 32 + 1;
    expect(first + 6 * block + head).toBe(132_673);
    expect(countWeights(gated({ picture: mnist, channels: 32, layers: 6, classes: 1 }))).toBe(132_673);
  });

  it("local: a window of 24 earlier pixels, then two matrices a block", () => {
    const block = 2 * (64 * 64 + 64);
    expect(countWeights(local({ picture: mnist, channels: 64, layers: 2 }))).toBe(
      24 * 64 + 64 + 2 * block + 64 + 1,
    );
  });

  it("pixelcnn++: as published 15 gated layers of 160 channels out and 15 back", () => {
    const F = 160;
    const vertical = 6 * 2 * F * F + F + (6 * 2 * F * 2 * F + 2 * F);
    const horizontal = 4 * 2 * F * F + F + (4 * 2 * F * 2 * F + 2 * F);
    const mixed = 2 * F * F;
    const first = 6 * 4 * F + F + (4 * 4 * F + F);
    const logits = 100 * F + 100;
    const picture = { height: 32, width: 32, channels: 3, levels: 256 };
    const network = pixelcnnPlusPlus({
      picture,
      channels: F,
      layers: 15,
      likelihood: { kind: "mixture", components: 10 },
    });
    // The paper's has some 53 million, of which resampling takes about two.
    expect(countWeights(network)).toBe(first + 15 * (2 * (vertical + horizontal) + 4 * mixed) + logits);
    expect(countWeights(network)).toBeGreaterThan(49e6);
  });

  it("snail: blocks of two gated layers, and attention of two heads that a third mixes in", () => {
    const first = 24 * 4 * 64 + 64;
    const layer = 5 * 64 * 32 + 32 + (32 * 128 + 128);
    const looked = 67 * 32 + 32 + 2 * (68 * 32 + 32);
    const mix = 64 * 32 + 32 + 32 * 32 + (32 * 128 + 128);
    const block = 2 * layer + looked + mix;
    expect(countWeights(snail({ picture: mnist }))).toBe(first + 4 * block + 64 + 1);
  });

  it("pixelcnn: residual blocks of half the channels", () => {
    const first = 24 * 64 + 64;
    const block = 64 * 32 + 32 + (5 * 32 * 32 + 32) + (32 * 64 + 64);
    const head = 64 * 64 + 64 + 64 + 1;
    expect(countWeights(pixelcnn({ picture: mnist, channels: 64, layers: 7 }))).toBe(
      first + 7 * block + head,
    );
  });

  it("row-lstm and diagonal-bilstm: seven layers of 16 cells with four gates", () => {
    const first = 24 * 32 + 32;
    const up = 16 * 32 + 32;
    const head = 32 * 32 + 32 + 32 + 1;
    const row = 2 * 32 * 64 + 64 + 3 * 16 * 64;
    const diagonal = 32 * 64 + 64 + 2 * 16 * 64;
    expect(countWeights(rowLstm({ picture: mnist }))).toBe(first + 7 * (row + up) + head);
    expect(countWeights(diagonalBilstm({ picture: mnist }))).toBe(first + 7 * (2 * diagonal + up) + head);
  });

  it("in colour: the centre counts only what the order R, G, B allows", () => {
    // Groups of 1 channel each. Mask A: 24 full taps of 9 and 3 pairs; logits: 6 pairs of 1 × 2 levels' one logit.
    const picture = { ...mnist, channels: 3 };
    const batchNorm = 2 * 3;
    expect(countWeights(naive({ picture, channels: 3, layers: 1 }))).toBe(24 * 9 + 3 + batchNorm + 6 + 3);
  });
});

describe("options out of range", () => {
  const refused: [string, Parameters<typeof buildPreset>[1]][] = [
    ["no channels", { picture: mnist, channels: 0 }],
    ["half a channel", { picture: mnist, channels: 1.5 }],
    ["too many channels", { picture: mnist, channels: 4097 }],
    ["fewer hidden channels than colours", { picture: { ...mnist, channels: 3 }, channels: 2 }],
    ["no layers", { picture: mnist, layers: 0 }],
    ["too many layers", { picture: mnist, layers: 257 }],
  ];
  it.each(
    refused.flatMap(([what, options]) =>
      (["naive", "pixelcnn", "gated", "pixelcnn++", "snail", "row-lstm", "diagonal-bilstm"] as const).map(
        (name) => [what, name, options] as const,
      ),
    ),
  )("%s: refused by %s", (_, name, options) => {
    expect(() => buildPreset(name, options)).toThrow(OptionError);
  });

  it.each([[[]], [[0]], [[65]], [[1.5]], [new Array<number>(257).fill(1)]])(
    "dilations %j are refused",
    (dilations) => {
      expect(() => gated({ picture: mnist, layers: 2, dilations })).toThrow(OptionError);
      expect(() => pixelcnnPlusPlus({ picture: mnist, layers: 2, dilations })).toThrow(OptionError);
    },
  );

  it("dilations of another model, and an unknown model, are refused", () => {
    expect(() => buildPreset("naive", { picture: mnist, dilations: [1] })).toThrow(OptionError);
    expect(() => buildPreset("pixelcnn", { picture: mnist, dilations: [1] })).toThrow(OptionError);
    expect(() => buildPreset("gated", { picture: mnist, planes: ["row"] })).toThrow(
      "planes with the models pixelcnn++, local and snail only, got it with gated",
    );
    expect(() => buildPreset("local", { picture: mnist, heads: 2 })).toThrow(
      "heads with the snail model only",
    );
    expect(() => buildPreset("wavenet" as "naive", { picture: mnist })).toThrow(OptionError);
    expect(() => buildPreset("toString" as "naive", { picture: mnist })).toThrow(OptionError);
  });

  it.each(Object.keys(presets) as PresetName[])(
    "%s reads a table of the levels, and no number of them",
    (name) => {
      const picture = { height: 8, width: 8, channels: 3, levels: 1024 };
      const { nodes } = buildPreset(name, { picture, channels: 6, layers: 1, embedding: 16 });
      const table = nodes.filter(({ op }) => op === "embedding");
      expect(table).toMatchObject([
        {
          inputs: ["input"],
          groups: [
            [0, 16],
            [16, 32],
            [32, 48],
          ],
        },
      ]);
      expect(nodes.filter(({ inputs }) => inputs.includes("input"))).toEqual(table);
    },
  );

  it.each([0, 0.5, -1, 4097])("an embedding of %f is refused", (embedding) => {
    expect(() => gated({ picture: mnist, embedding })).toThrow(
      "expected the numbers of an embedding to be a whole number from 1 to 4096",
    );
  });

  it.each([0, 0.5, 65])("%f heads are refused", (heads) => {
    expect(() => snail({ picture: mnist, heads })).toThrow(
      "expected heads to be a whole number from 1 to 64",
    );
  });

  it("hinges beside an embedding are refused", () => {
    expect(() => gated({ picture: mnist, hinges: true, embedding: 4 })).toThrow(
      "hinges or an embedding, got both",
    );
  });

  it.each([
    { levels: 1 },
    { levels: 65_537 },
    { channels: 2 },
    { height: 0 },
  ] satisfies Partial<PictureShape>[])("a picture with %j is refused", (change) => {
    expect(() => naive({ picture: { ...mnist, ...change }, layers: 1 })).toThrow(NetworkError);
  });

  it("a dropout rate of 1 is refused, one of 0 adds no node", () => {
    expect(() => naive({ picture: mnist, dropout: 1 })).toThrow(NetworkError);
    const ops = naive({ picture: mnist, dropout: 0 }).nodes.map(({ op }) => op);
    expect(ops).not.toContain("dropout");
    expect(naive({ picture: mnist, dropout: 0.5 }).nodes.filter(({ op }) => op === "dropout")).toHaveLength(
      8,
    );
  });
});
