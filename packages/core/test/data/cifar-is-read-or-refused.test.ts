import { cifarDataset, DataError, parseCifarBatch } from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";

/** A record whose red, green and blue values at pixel p are p mod 100, 100 + p mod 100 and 200 + p mod 50. */
function record(label: number): number[] {
  const plane = (start: number, period: number) =>
    Array.from({ length: 1024 }, (_, p) => start + (p % period));
  return [label, ...plane(0, 100), ...plane(100, 100), ...plane(200, 50)];
}
const batch = (...labels: number[]) => parseCifarBatch(Uint8Array.from(labels.flatMap(record)), "batch");

describe("a CIFAR batch", () => {
  it("turns planes into pixels of red, green, blue", () => {
    const split = batch(3, 9);
    expect(split.length).toBe(2);
    const target = new Uint8Array(3 * 1024 + 2);
    expect(split.read(1, target, 1)).toBe(9);
    expect([...target.subarray(0, 8)]).toEqual([0, 0, 100, 200, 1, 101, 201, 2]);
    const p = 33; // row 1, column 1
    expect([...target.subarray(1 + 3 * p, 4 + 3 * p)]).toEqual([33, 133, 233]);
    expect([...target.subarray(3 * 1024 - 2)]).toEqual([23, 123, 223, 0]); // pixel 1023, then untouched
  });

  it.each([
    ["nothing", [], /whole records of 3073 bytes, got 0 bytes/],
    ["a byte too few", record(1).slice(1), /got 3072 bytes/],
    ["a byte too many", [...record(1), 0], /got 3074 bytes/],
    ["a label of 10", [...record(1), ...record(10)], /label from 0 to 9 in record 1, got 10/],
    ["gzip", [0x1f, 0x8b, ...record(1).slice(2)], /still compressed/],
  ])("refuses %s", (_, bytes, message) => {
    const parse = () => parseCifarBatch(Uint8Array.from(bytes), "batch");
    expect(parse).toThrow(DataError);
    expect(parse).toThrow(message);
  });
});

describe("the CIFAR-10 data set", () => {
  it("runs through the batches in order, every twelfth picture aside", () => {
    const set = cifarDataset([batch(0, 1, 2, 3, 4), batch(5, 6), batch(7, 8, 9, 0, 1, 2)], batch(4));
    expect(set).toMatchObject({
      name: "cifar10",
      height: 32,
      width: 32,
      channels: 3,
      levels: 256,
      classes: 10,
    });
    const target = new Uint8Array(3072);
    const labelsOf = (split: typeof set.train) =>
      Array.from({ length: split.length }, (_, i) => split.read(i, target, 0));
    expect(labelsOf(set.train)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2]);
    expect(labelsOf(set.validation)).toEqual([1]);
    expect(labelsOf(set.test)).toEqual([4]);
    expect(() => set.train.read(12, target, 0)).toThrow(RangeError);
  });

  it("needs pictures for validation: 12 in all", () => {
    expect(() => cifarDataset([batch(...Array(11).fill(0))], batch(1))).toThrow(
      new DataError("cifar10: expected at least 12 training pictures, got 11; get data_batch_1.bin again"),
    );
    expect(cifarDataset([batch(...Array(12).fill(0))], batch(1)).validation.length).toBe(1);
  });

  it("needs a training batch", () => {
    expect(() => cifarDataset([], batch(1))).toThrow(DataError);
  });
});
