import { decodeModelFile, PixelCnnError } from "@pixelcnn/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { goodFile } from "./forge.ts";

const change = fc.record({
  // The first kilobytes are the header, whose every byte matters.
  at: fc.oneof(fc.nat({ max: goodFile.length - 1 }), fc.nat({ max: 40 })),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc
      .constantFrom('"', "{", "]", ",", "0", "-1", "1e999", '"op"', "null", "9007199254740993")
      .map((text) => new TextEncoder().encode(text)),
  ),
});

it("a file with changed bytes is refused with one known line, or is a model whose weights fit its graph", () => {
  let refused = 0;
  let read = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const file = goodFile.slice();
      for (const { at, bytes } of changes) file.set(bytes.subarray(0, file.length - at), at);
      try {
        const { model } = decodeModelFile(file);
        for (const values of model.weights.values()) expect(values.every(Number.isFinite)).toBe(true);
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(PixelCnnError);
        expect((error as Error).message).toMatch(/^\P{Cc}{10,1000}$/u);
        refused++;
      }
    }),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(100);
  expect(read).toBeGreaterThan(100);
});

it("a cut file is refused wherever it is cut", () => {
  for (let length = 0; length < goodFile.length; length += 7) {
    expect(() => decodeModelFile(goodFile.subarray(0, length))).toThrow(PixelCnnError);
  }
});
