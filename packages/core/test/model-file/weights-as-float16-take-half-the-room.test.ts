import { describe, expect, it } from "vitest";
import {
  decodeModelFile,
  decodeSafetensors,
  encodeModelFile,
  encodeSafetensors,
  ModelFileError,
} from "../../src/index.ts";
import { goodFile } from "./forge.ts";

const file = decodeModelFile(goodFile);
const { model } = file;

/** The number of 16 bits, by IEEE 754's own table. */
function byHand(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const finite = Array.from({ length: 0x10000 }, (_, bits) => bits).filter((bits) => ((bits >> 10) & 31) < 31);
const halves = finite.map(byHand).sort((a, b) => a - b);

/** Of the two zeros the positive one. */
const unsigned0 = (value: number) => value + 0;

/** A container of one tensor of these numbers, and what is read from it. */
function throughFile(values: readonly number[]): Float32Array {
  const tensor = { stored: "F16", shape: [values.length], values: Float32Array.from(values) } as const;
  const bytes = encodeSafetensors({ metadata: {}, tensors: new Map([["x", tensor]]) });
  expect(bytes.length % 8).toBe((2 * values.length) % 8);
  return decodeSafetensors(bytes).tensors.get("x")!.values;
}

describe("float16", () => {
  it("keeps each of its numbers", () => {
    expect([...throughFile(halves)].map(unsigned0)).toEqual(halves.map(unsigned0));
  });

  it("is infinite or no number where its bits say so", () => {
    const tensor = { stored: "F16", shape: [4], values: new Float32Array(4) } as const;
    const bytes = encodeSafetensors({ metadata: {}, tensors: new Map([["x", tensor]]) });
    bytes.set(new Uint8Array(Uint16Array.of(0x7c00, 0xfc00, 0x7e00, 0xfc01).buffer), bytes.length - 8);
    const { values } = decodeSafetensors(bytes).tensors.get("x")!;
    const { POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN: none } = Number;
    expect([...values]).toEqual([POSITIVE_INFINITY, NEGATIVE_INFINITY, none, none]);
  });

  it("is the nearest number, of two the even one", () => {
    const given = Array.from({ length: 1000 }, (_, i) => Math.fround(Math.sin(i) * 2 ** ((i % 34) - 20)));
    const middles = [1 + 1 / 2048, 1 + 3 / 2048, 2 ** -25, 3 * 2 ** -25, -(2048 + 1), -(2048 + 3)];
    const nearest = given.map((value) =>
      halves.reduce((best, half) => (Math.abs(half - value) < Math.abs(best - value) ? half : best)),
    );
    expect([...throughFile(given)].map(unsigned0)).toEqual(nearest.map(unsigned0));
    const even = [1, 1 + 2 / 1024, 0, 2 ** -23, -2048, -(2048 + 4)];
    expect([...throughFile(middles)]).toEqual(even);
  });

  it.each([65_520, -1e9, Number.POSITIVE_INFINITY, Number.NaN])("has no %d", (value) => {
    expect(() => throughFile([1, value])).toThrow(ModelFileError);
    expect(() => throughFile([1, value])).toThrow(
      /tensor "x": expected numbers of at most 65504 for float16/,
    );
  });
});

describe("a model file of float16", () => {
  const bytes = encodeModelFile(file, "F16");

  it("has half of the bytes of weights, and the nearest weights", () => {
    const weights = [...model.weights.values()].reduce((sum, { length }) => sum + length, 0);
    const difference = goodFile.length - bytes.length;
    expect(difference).toBeGreaterThanOrEqual(2 * weights - 64); // the header tells smaller offsets
    expect(difference).toBeLessThan(2 * weights + 2000);
    for (const [name, values] of decodeModelFile(bytes).model.weights) {
      expect(values).toEqual(throughFile([...model.weights.get(name)!]));
    }
  });

  it("and is the same file written again, and as float32 the same weights", () => {
    const read = decodeModelFile(bytes);
    expect(encodeModelFile(read, "F16")).toEqual(bytes);
    expect(decodeModelFile(encodeModelFile(read)).model).toEqual(read.model);
  });

  it("is of version 2, and refused as one of version 1", () => {
    const { metadata, tensors } = decodeSafetensors(bytes);
    const description = JSON.parse(metadata.pixelcnn!);
    expect(description.formatVersion).toBe(2);
    const pixelcnn = JSON.stringify({ ...description, formatVersion: 1 });
    expect(() => decodeModelFile(encodeSafetensors({ metadata: { pixelcnn }, tensors }))).toThrow(
      /expected format version 2 for what the file holds, got 1/,
    );
  });

  it("may have both kinds of numbers", () => {
    const { metadata, tensors } = decodeSafetensors(bytes);
    const mixed = [...tensors].map(([name, tensor], i) => {
      return [name, { ...tensor, stored: i % 2 === 0 ? "F32" : "F16" }] as const;
    });
    const read = decodeModelFile(encodeSafetensors({ metadata, tensors: new Map(mixed) }));
    expect(read.model).toEqual(decodeModelFile(bytes).model);
  });
});
