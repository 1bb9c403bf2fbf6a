/** Labels for pictures that bring none: those under which they take the fewest bits. */
import { expect, it } from "vitest";
import { cheapestLabels } from "../../src/compression/cheapest-labels.ts";
import { compress } from "../../src/compression/compress.ts";
import { CompressionError } from "../../src/compression/compression-error.ts";
import { OptionError, ShapeError } from "../../src/errors.ts";
import { dimensions } from "../../src/picture.ts";
import { randomLevels } from "../support/random-pictures.ts";
import { smallModel } from "../support/small-models.ts";

const picture = { height: 4, width: 5, channels: 1, levels: 4 };
const model = smallModel("gated", { picture, classes: 3 });
const size = dimensions(picture);
const { height, width } = picture;

it("each picture has the class under which its values take the fewest bits", async () => {
  const levels = randomLevels(picture, 5);
  const bitsOf = async (classLabel: number) => {
    const bits = new Float32Array(levels.length);
    await compress(model, levels, { classLabel, bits });
    return Array.from({ length: 5 }, (_, i) =>
      bits.subarray(i * size, (i + 1) * size).reduce((a, b) => a + b),
    );
  };
  const perClass = await Promise.all([0, 1, 2].map(bitsOf));
  const expected = perClass[0]!.map((_, i) => {
    const costs = perClass.map((bits) => bits[i]!);
    return costs.indexOf(Math.min(...costs));
  });
  expect(new Set(expected).size).toBeGreaterThan(1);
  expect(await cheapestLabels(model, { height, width, levels })).toEqual(expected);
});

it.each([
  ["a level that there is not", { height, width, levels: new Uint8Array(size).fill(9) }, OptionError],
  ["no whole pictures", { height, width, levels: new Uint8Array(size + 1) }, ShapeError],
  ["no picture", { height, width, levels: new Uint8Array(0) }, ShapeError],
  ["another size", { height: 9, width: 9, levels: new Uint8Array(81) }, CompressionError],
])("%s: refused", async (_, pictures, kind) => {
  await expect(cheapestLabels(model, pictures)).rejects.toThrow(kind);
});

it("a model without classes has none", async () => {
  const plain = smallModel("gated", { picture });
  await expect(cheapestLabels(plain, { height, width, levels: new Uint8Array(size) })).rejects.toThrow(
    "expected a model with classes",
  );
});
