import { describe, expect, it } from "vitest";
import {
  decodeModelFile,
  decodeSafetensors,
  encodeModelFile,
  encodeSafetensors,
  modelDigest,
  type Palette,
  type PictureShape,
} from "../../src/index.ts";
import { smallModel } from "../support/small-models.ts";

const palette: Palette = [
  [0, 0, 0, 0],
  [250, 240, 1, 255],
  [9, 8, 7, 200],
];
const shape = { height: 4, width: 4, channels: 1, levels: 3 };
const none = { trainNats: null, validation: null, test: null };
const provenance = { dataset: "folder:sprites", command: "train", date: "2026-01-31", steps: 1, ...none };

function fileOf(picture: PictureShape): Uint8Array {
  const model = smallModel("gated", { picture }, 3);
  return encodeModelFile({ model, preparation: { levels: picture.levels, binarise: null }, provenance });
}

/** A file whose description has another palette, or another version. */
function forged(changed: unknown, version = 2) {
  const { metadata, tensors } = decodeSafetensors(fileOf({ ...shape, palette }));
  const description = JSON.parse(metadata.pixelcnn!);
  const picture = { ...shape, palette: changed };
  const text = JSON.stringify({ ...description, picture, formatVersion: version });
  return encodeSafetensors({ metadata: { pixelcnn: text }, tensors });
}

it("comes back as it went, as version 2; a file without one stays version 1", () => {
  expect(decodeModelFile(fileOf({ ...shape, palette })).model.network.picture).toEqual({ ...shape, palette });
  const plain = fileOf(shape);
  expect(JSON.parse(decodeSafetensors(plain).metadata.pixelcnn!).formatVersion).toBe(1);
  expect(decodeModelFile(plain).model.network.picture).toEqual(shape);
});

it("decides no bit of what is computed, so a model in other colours is the same to a compressed file", () => {
  const [plain, coloured] = [shape, { ...shape, palette }].map((picture) =>
    modelDigest(decodeModelFile(fileOf(picture)).model),
  );
  expect(coloured).toEqual(plain);
});

describe("a palette that is none is refused", () => {
  it.each([
    ["a colour too many", [...palette, [1, 1, 1, 1]], /3 colours, one a level/],
    ["a colour twice", [palette[0], palette[1], palette[1]], /as levels 1 and 2/],
    ["256", [[0, 0, 0, 256], ...palette.slice(1)], /palette/],
    ["three numbers", [[0, 0, 0], ...palette.slice(1)], /palette/],
    ["a text", "#000000", /palette/],
    ["null", null, /palette/],
    ["a hundred thousand colours", new Array(100_000).fill([0, 0, 0, 0]), /palette/],
  ])("%s", (_, changed, message) => {
    expect(() => decodeModelFile(forged(changed))).toThrow(message);
  });

  it("in a file of version 1", () => {
    expect(() => decodeModelFile(forged(palette, 1))).toThrow(/expected format version 2/);
  });

  it("before it is written, too", () => {
    expect(() => fileOf({ ...shape, palette: palette.slice(1) })).toThrow(/3 colours/);
  });
});
