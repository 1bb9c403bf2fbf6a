import { describe, expect, it } from "vitest";
import { decodeModelFile, encodeModelFile, ModelFileError } from "../../src/index.ts";
import { parametersOf } from "../../src/network/parameters.ts";
import { smallModel } from "../support/small-models.ts";

const picture = { height: 3, width: 4, channels: 3, levels: 4 };
const model = smallModel("naive", { picture, classes: 2 });
const provenance = {
  dataset: "colour-glyphs",
  command: "train",
  date: "2024-01-01T00:00:00.000Z",
  steps: 1,
  trainNats: null,
  validation: null,
  test: null,
};
const file = encodeModelFile({ model, preparation: { levels: 4, binarise: null }, provenance });

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Reads the file as the format's own description has it, without the code under test. */
function parse(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes);
  const length = Number(buffer.readBigUInt64LE(0));
  const { __metadata__, ...entries } = JSON.parse(buffer.toString("utf8", 8, 8 + length));
  return {
    length,
    metadata: __metadata__ as Record<string, string>,
    entries: entries as Record<string, Entry>,
    data: buffer.subarray(8 + length),
  };
}

describe("the container", () => {
  const { length, metadata, entries, data } = parse(file);

  it("has a header that begins with { and ends so that the tensors begin at a multiple of eight", () => {
    expect(file[8]).toBe("{".charCodeAt(0));
    expect((8 + length) % 8).toBe(0);
  });

  it("has tensors that lie one after another and fill the data", () => {
    let end = 0;
    for (const { dtype, shape, data_offsets } of Object.values(entries)) {
      expect(dtype).toBe("F32");
      expect(data_offsets[0]).toBe(end);
      end += 4 * shape.reduce((product, size) => product * size, 1);
      expect(data_offsets[1]).toBe(end);
    }
    expect(data.length).toBe(end);
  });

  it("has the network's parameters in their shapes, as little-endian float32", () => {
    const parameters = parametersOf(model.network);
    expect(Object.keys(entries)).toEqual(parameters.map(({ name }) => name));
    for (const { name, shape } of parameters) {
      const entry = entries[name]!;
      expect(entry.shape).toEqual(shape);
      model.weights.get(name)!.forEach((value, i) => {
        expect(data.readFloatLE(entry.data_offsets[0] + 4 * i)).toBe(value);
      });
    }
  });

  it("has strings for metadata, and one of them describes the model", () => {
    expect(Object.keys(metadata)).toEqual(["pixelcnn"]);
    const { network, ...rest } = JSON.parse(metadata.pixelcnn!);
    expect(rest).toEqual({
      formatVersion: 1,
      picture,
      classes: 2,
      encoding: { scale: 2 / 3, offset: -1 },
      likelihood: "categorical",
      binarise: null,
      provenance,
    });
    expect(network).toEqual({ nodes: model.network.nodes, output: "logits" });
  });
});

describe("another version", () => {
  it.each([
    [3, "3"],
    ["1", '"1"'],
    [undefined, "none"],
    [null, "null"],
  ])("%j is refused in one sentence", (version, told) => {
    const changed = withVersion(version);
    expect(() => decodeModelFile(changed)).toThrow(ModelFileError);
    expect(() => decodeModelFile(changed)).toThrow(
      `expected format version 1 or 2, got ${told}; use a matching release`,
    );
  });

  it("and version 1 by the same means is read", () => {
    expect(decodeModelFile(withVersion(1)).provenance).toEqual(provenance);
  });
});

/** The file with another format version in its description. */
function withVersion(formatVersion: unknown): Uint8Array {
  const { metadata, entries, data } = parse(file);
  const pixelcnn = JSON.stringify({ ...JSON.parse(metadata.pixelcnn!), formatVersion });
  const header = Buffer.from(JSON.stringify({ __metadata__: { pixelcnn }, ...entries }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Uint8Array.from(Buffer.concat([length, header, data]));
}
