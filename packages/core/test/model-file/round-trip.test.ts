import { describe, expect, it } from "vitest";
import { decodeModelFile, encodeModelFile, type ModelFile, type PresetName } from "../../src/index.ts";
import { parametersOf } from "../../src/network/parameters.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import { handBuilt } from "../support/hand-built.ts";
import { combinations } from "../support/pairwise.ts";
import { randomWeights } from "../support/random-model.ts";
import { modelNames, smallModel } from "../support/small-models.ts";
import { mixtureOf } from "../support/values.ts";

const provenance = {
  dataset: "glyphs",
  command: 'train --run "größer 🙂"',
  date: "2024-02-29T12:34:56.789Z",
  steps: 12_345,
  trainNats: 78.901234567,
  validation: { images: 500, nats: 80.1, bitsPerDim: 0.1475 },
  test: null,
} as const;

function fileOf(
  name: PresetName,
  channels: number,
  levels: number,
  classes: number,
  size = { height: 4, width: 5 },
  components = 0,
) {
  const picture = { ...size, channels, levels };
  const model = smallModel(name, { picture, ...mixtureOf(components), classes, dropout: 0.25 }, 7);
  const binarise = levels === 2 ? ("dynamic" as const) : null;
  return { model, preparation: { levels, binarise }, provenance } satisfies ModelFile;
}

describe.each(
  combinations({
    model: modelNames,
    channels: [1, 3],
    levels: [2, 4, 256],
    components: [0, 2],
    classes: [0, 2],
    size: [
      { height: 4, width: 4 },
      { height: 3, width: 5 },
    ],
  }),
)(
  "$model, $channels channels, $levels levels, $components components, $classes classes, $size",
  (options) => {
    const { model: name, channels, levels, components, classes, size } = options;
    const file = fileOf(name, channels, levels, classes, size, components);

    it("weights come back bit for bit, everything else deep-equal", () => {
      expectSame(decodeModelFile(encodeModelFile(file)), file);
    });

    it("the decoded model draws the same pictures", async () => {
      const request = { count: 3, seed: 5, ...(classes > 0 && { classLabel: [0, 1, 1] }) };
      const { model } = decodeModelFile(encodeModelFile(file));
      expect(await drawPictures(model, request)).toEqual(await drawPictures(file.model, request));
    });
  },
);

const small = { height: 4, width: 4, channels: 3, levels: 4 };

it.each(handBuilt(small))("no preset: %s", (_, network) => {
  const file = { model: randomWeights(network, 3), preparation: { levels: 4, binarise: null }, provenance };
  expectSame(decodeModelFile(encodeModelFile(file)), file);
});

it.each(["fixed", "dynamic", "threshold"] as const)("%s binarisation", (binarise) => {
  const file = { ...fileOf("pixelcnn", 1, 2, 0), preparation: { levels: 2, binarise } };
  expect(decodeModelFile(encodeModelFile(file)).preparation).toEqual({ levels: 2, binarise });
});

it("numbers that only bits tell apart, and extreme ones", () => {
  const { model, ...rest } = fileOf("gated", 1, 4, 0);
  const weights = new Map(model.weights);
  const odd = [-0, 2 ** -149, 3.4028234663852886e38, -3.4028234663852886e38, 1 + 2 ** -23, 0.1];
  const bias = weights.get("logits.bias")!;
  weights.set(
    "logits.bias",
    Float32Array.from(bias, (_, i) => odd[i % odd.length]!),
  );
  const file = { model: { ...model, weights }, ...rest };
  expectSame(decodeModelFile(encodeModelFile(file)), file);
});

it("what was not measured is null", () => {
  const unmeasured = { ...provenance, trainNats: null, validation: null, test: null };
  const file = { ...fileOf("naive", 1, 2, 0), provenance: unmeasured };
  expect(decodeModelFile(encodeModelFile(file)).provenance).toEqual(unmeasured);
});

it("a file that lies somewhere within a larger buffer", () => {
  const file = fileOf("gated", 1, 4, 0);
  const bytes = encodeModelFile(file);
  const buffer = new Uint8Array(bytes.length + 13).fill(255);
  buffer.set(bytes, 3);
  expectSame(decodeModelFile(buffer.subarray(3, 3 + bytes.length)), file);
});

it("the same model is the same bytes", () => {
  const bytes = encodeModelFile(fileOf("gated", 3, 4, 2));
  expect(encodeModelFile(fileOf("gated", 3, 4, 2))).toEqual(bytes);
  expect(encodeModelFile(decodeModelFile(bytes))).toEqual(bytes);
});

function expectSame(actual: ModelFile, expected: ModelFile) {
  expect(actual.model.network).toEqual(expected.model.network);
  expect(actual.preparation).toEqual(expected.preparation);
  expect(actual.provenance).toEqual(expected.provenance);
  const parameters = parametersOf(expected.model.network).map(({ name }) => name);
  expect([...actual.model.weights.keys()].sort()).toEqual([...parameters].sort());
  for (const name of parameters) expect(bits(actual, name)).toEqual(bits(expected, name));
}

function bits({ model }: ModelFile, name: string): Uint32Array {
  return new Uint32Array(model.weights.get(name)!.slice().buffer);
}

it("codes say that they have no order, which is of the second version, and have no colours beside", () => {
  const picture = { height: 4, width: 4, channels: 1, levels: 4, unordered: true } as const;
  const preparation = { levels: 4, binarise: null };
  const file = { model: smallModel("gated", { picture }), preparation, provenance };
  const bytes = encodeModelFile(file);
  expectSame(decodeModelFile(bytes), file);
  expect(new TextDecoder().decode(bytes)).toMatch(/\\"formatVersion\\":2.*\\"unordered\\":true/);
  const palette = Array.from({ length: 4 }, (_, i) => [i, 0, 0, 255] as const);
  const both = { ...file, model: smallModel("gated", { picture: { ...picture, palette } }) };
  expect(() => decodeModelFile(encodeModelFile(both))).toThrow(/"palette" or "unordered", got both/);
});
