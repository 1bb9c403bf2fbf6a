import { DataError, picturesDataset } from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";

/** `perClass` pictures of 1×2 for each of two classes; a picture's first value is its number. */
const pictures = (perClass: number) => ({
  pixels: Uint8Array.from({ length: 4 * perClass }, (_, i) => (i % 2 === 0 ? i / 2 : 0)),
  labels: Uint8Array.from({ length: 2 * perClass }, (_, i) => (i < perClass ? 0 : 1)),
});
const options = { name: "tiny", height: 1, width: 2, channels: 1, classNames: ["a", "b"] } as const;

function numbersOf(split: { length: number; read: (i: number, t: Uint8Array, o: number) => number }) {
  const target = new Uint8Array(2);
  return Array.from({ length: split.length }, (_, i) => {
    const label = split.read(i, target, 0);
    return [target[0], label];
  });
}

describe("decoded pictures as a data set", () => {
  it("are divided into parts that share no picture, lose none, and have every class", () => {
    const set = picturesDataset({ ...options, train: pictures(20) });
    expect(set).toMatchObject({ height: 1, width: 2, channels: 1, levels: 256, classes: 2 });
    expect(set.classNames).toEqual(["a", "b"]);
    const parts = [set.train, set.validation, set.test].map(numbersOf);
    expect(parts.map((part) => part.length)).toEqual([32, 4, 4]);
    const all = parts.flat().sort(([a], [b]) => a! - b!);
    expect(all).toEqual(Array.from({ length: 40 }, (_, i) => [i, i < 20 ? 0 : 1]));
    for (const part of parts) expect(new Set(part.map(([, label]) => label)).size).toBe(2);
  });

  it("keep the parts that they come in", () => {
    const set = picturesDataset({
      ...options,
      train: pictures(10),
      validation: pictures(2),
      test: pictures(3),
    });
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([20, 4, 6]);
  });

  it("may be few where none must be set aside", () => {
    const few = { ...options, train: pictures(2), validation: pictures(1), test: pictures(1) };
    expect(picturesDataset(few).train.length).toBe(4);
    const { validation: _, ...divided } = few;
    expect(() => picturesDataset(divided)).toThrow(
      /at least 10 pictures to set some aside, got 4; .* give all parts/,
    );
  });

  it("may have no classes", () => {
    const { pixels } = pictures(6);
    const set = picturesDataset({
      ...options,
      classNames: [],
      train: { pixels, labels: new Uint8Array(12) },
    });
    expect(set.classes).toBe(0);
    expect(set).not.toHaveProperty("classNames");
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([10, 1, 1]);
  });

  it.each([
    [
      "nine pictures",
      { ...pictures(5), pixels: new Uint8Array(18), labels: new Uint8Array(9) },
      /at least 10/,
    ],
    [
      "half a picture",
      { ...pictures(10), pixels: new Uint8Array(39) },
      /2 bytes per picture.*39 bytes for 20/,
    ],
    ["no picture", { pixels: new Uint8Array(0), labels: new Uint8Array(0) }, /at least one picture/],
    [
      "a class without a name",
      { ...pictures(10), labels: new Uint8Array(20).fill(2) },
      /labels below 2, got 2/,
    ],
  ])("refuse %s", (_, train, message) => {
    const make = () => picturesDataset({ ...options, train });
    expect(make).toThrow(DataError);
    expect(make).toThrow(message);
  });
});
