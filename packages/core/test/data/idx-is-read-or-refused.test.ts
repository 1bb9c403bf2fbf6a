import { DataError, idxDataset, parseIdxLabels, parseIdxPictures } from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";

const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const images = (count: number, height: number, width: number, pixels: number[]) =>
  Uint8Array.from([0, 0, 8, 3, ...u32(count), ...u32(height), ...u32(width), ...pixels]);
const labels = (values: number[]) => Uint8Array.from([0, 0, 8, 1, ...u32(values.length), ...values]);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe("an idx file is read exactly", () => {
  it("gives sizes and pixels of a picture file without copying them", () => {
    const bytes = images(2, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
    const parsed = parseIdxPictures(bytes, "tiny");
    expect(parsed).toMatchObject({ name: "tiny", count: 2, height: 2, width: 3 });
    expect([...parsed.pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
    expect(parsed.pixels.buffer).toBe(bytes.buffer);
  });

  it("gives the labels of a label file, also when the bytes lie inside a larger buffer", () => {
    const bytes = labels([7, 0, 255]);
    const within = new Uint8Array(bytes.length + 5);
    within.set(bytes, 5);
    expect([...parseIdxLabels(within.subarray(5), "tiny").labels]).toEqual([7, 0, 255]);
  });
});

describe("a file that is not idx is refused with its reason", () => {
  it.each([
    ["an empty file", [], /expected an idx header of 16 bytes, got a file of 0/],
    ["a gzip file", [0x1f, 0x8b, 8, 0, 0, 0], /still compressed/],
    ["a little-endian header", [3, 8, 0, 0, ...Array(12).fill(0)], /little-endian/],
    ["a label file", [0, 0, 8, 1, ...Array(12).fill(0)], /expected idx pictures.*0x00000801 \(idx labels\)/],
    ["another magic", [...u32(0x89504e47), ...Array(12).fill(0)], /got 0x89504e47/],
    ["no pictures", [0, 0, 8, 3, ...u32(0), ...u32(2), ...u32(2)], /at least 1 item/],
    ["a height of 0", [0, 0, 8, 3, ...u32(1), ...u32(0), ...u32(2)], /got 0×2/],
    ["a width of 2^31", [0, 0, 8, 3, ...u32(1), ...u32(1), ...u32(2 ** 31)], /got 1×2147483648/],
    ["absurd sizes", [0, 0, 8, 3, ...u32(2 ** 32 - 1), ...u32(8192), ...u32(8192)], /which makes a file of/],
    ["a byte too few", [...images(1, 2, 2, [1, 2, 3])], /a file of 20 bytes, got 19/],
    ["a byte too many", [...images(1, 2, 2, [1, 2, 3, 4, 5])], /a file of 20 bytes, got 21/],
  ])("pictures: %s", (_, bytes, message) => {
    const parse = () => parseIdxPictures(Uint8Array.from(bytes), "some-file");
    expect(parse).toThrow(DataError);
    expect(parse).toThrow(message);
    expect(parse).toThrow(/^some-file: /);
  });

  it.each([
    ["a picture file", [0, 0, 8, 3, 0, 0, 0, 1, 9], /expected idx labels.*\(idx pictures\)/],
    ["a little-endian header", [1, 8, 0, 0, 1, 0, 0, 0, 9], /little-endian/],
    ["a byte too few", [0, 0, 8, 1, 0, 0, 0, 2, 9], /a file of 10 bytes, got 9/],
  ])("labels: %s", (_, bytes, message) => {
    const parse = () => parseIdxLabels(Uint8Array.from(bytes), "some-file");
    expect(parse).toThrow(DataError);
    expect(parse).toThrow(message);
  });
});

describe("four idx files make a data set", () => {
  const files = {
    name: "tiny",
    trainPictures: parseIdxPictures(images(25, 1, 2, upTo(50)), "train-images"),
    trainLabels: parseIdxLabels(labels(upTo(25).map((i) => i % 4)), "train-labels"),
    testPictures: parseIdxPictures(images(2, 1, 2, [90, 91, 92, 93]), "test-images"),
    testLabels: parseIdxLabels(labels([6, 1]), "test-labels"),
  };

  it("sets every twelfth training picture aside and counts the classes of both label files", () => {
    const set = idxDataset(files);
    expect(set).toMatchObject({ name: "tiny", height: 1, width: 2, channels: 1, levels: 256, classes: 7 });
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([23, 2, 2]);
    const target = new Uint8Array(5);
    expect(set.validation.read(1, target, 1)).toBe(23 % 4);
    expect([...target]).toEqual([0, 46, 47, 0, 0]);
    expect(set.train.read(11, target, 0)).toBe(12 % 4);
    expect([...target.subarray(0, 2)]).toEqual([24, 25]);
    expect(set.test.read(0, target, 0)).toBe(6);
  });

  it("refuses labels and pictures that do not belong together", () => {
    expect(() => idxDataset({ ...files, trainLabels: files.testLabels })).toThrow(
      /test-labels: expected 25 labels.*train-images, got 2/,
    );
    const square = parseIdxPictures(images(2, 2, 2, upTo(8)), "square");
    expect(() => idxDataset({ ...files, testPictures: square })).toThrow(
      /square: expected pictures of 1×2.*got 2×2/,
    );
  });

  it("refuses fewer training pictures than leave one for validation", () => {
    const first = (count: number) => ({
      ...files,
      trainPictures: parseIdxPictures(images(count, 1, 2, upTo(2 * count)), "train-images"),
      trainLabels: parseIdxLabels(labels(upTo(count)), "train-labels"),
    });
    expect(() => idxDataset(first(11))).toThrow(
      new DataError("train-images: expected at least 12 pictures, got 11; add some"),
    );
    expect(idxDataset(first(12)).validation.length).toBe(1);
  });

  it("refuses to read what is not there, or to where there is no room", () => {
    const { test } = idxDataset(files);
    for (const index of [-1, 2, 0.5, Number.NaN]) {
      expect(() => test.read(index, new Uint8Array(2), 0)).toThrow(RangeError);
    }
    expect(() => test.read(0, new Uint8Array(2), 1)).toThrow(/room for 2 values at offset 1/);
  });
});
