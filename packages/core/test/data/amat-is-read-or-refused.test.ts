import { amatDataset, DataError, parseAmat } from "@pixelcnn/core/data";
import { describe, expect, it } from "vitest";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const size = { height: 2, width: 2 };
const parse = (text: string) => parseAmat(bytesOf(text), "some.amat", size);

describe("an amat file is read exactly", () => {
  it.each([
    ["plain lines", "0 1 1 0\n1 1 0 0\n"],
    ["no last line end", "0 1 1 0\n1 1 0 0"],
    ["CRLF", "0 1 1 0\r\n1 1 0 0\r\n"],
    ["spaces around and between", "  0 1  1 0 \n 1 1 0   0  \n"],
    ["empty lines at the end", "0 1 1 0\n1 1 0 0\n\n \r\n"],
  ])("%s", (_, text) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ name: "some.amat", count: 2, height: 2, width: 2 });
    expect([...parsed.pixels]).toEqual([0, 1, 1, 0, 1, 1, 0, 0]);
  });
});

describe("anything else is refused with its place", () => {
  it.each([
    ["nothing", "", /got the end of the line after 0 in line 1, column 1/],
    ["a digit too few", "0 1 1 0\n0 1 1\n0 1 1 0\n", /got the end of the line after 3 in line 2, column 6/],
    ["a digit too few in the last line", "0 1 1 0\n0 1 1 ", /end of the line after 3 in line 2, column 6/],
    ["a digit too many", "0 1 1 0 1\n", /got one more in line 1, column 9/],
    ["no space between", "0 1 10\n", /got a digit right after a digit in line 1, column 6/],
    ["a decimal", "0 1.0 1 0\n", /got the byte 0x2e in line 1, column 4/],
    ["another digit", "0 1 1 0\n0 2 1 0\n", /got the byte 0x32 in line 2, column 3/],
    ["a tab", "0\t1 1 0\n", /got the byte 0x09 in line 1, column 2/],
    ["a lone carriage return", "0 1\r1 0\n", /got the byte 0x0d in line 1, column 4/],
    ["an empty line between", "0 1 1 0\n\n0 1 1 0\n", /end of the line after 0 in line 2, column 1/],
    ["gzip", "\u001f", /0x1f in line 1, column 1/],
  ])("%s", (_, text, message) => {
    expect(() => parse(text)).toThrow(DataError);
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(/^some\.amat: expected 4 digits 0 or 1/);
  });

  it("says of gzip that it is still compressed", () => {
    expect(() => parseAmat(Uint8Array.of(0x1f, 0x8b, 8), "x.gz", size)).toThrow(/^x\.gz: .*still compressed/);
  });
});

describe("three amat files make a data set", () => {
  it("has two levels, no classes and its own validation part", () => {
    const set = amatDataset({
      name: "tiny",
      train: parse("0 0 0 1\n0 0 1 0\n0 0 1 1\n"),
      validation: parse("0 1 0 0\n"),
      test: parse("1 0 0 0\n1 1 1 1\n"),
    });
    expect(set).toMatchObject({ name: "tiny", height: 2, width: 2, channels: 1, levels: 2, classes: 0 });
    expect([set.train.length, set.validation.length, set.test.length]).toEqual([3, 1, 2]);
    const target = new Uint8Array(4);
    expect(set.train.read(2, target, 0)).toBe(0);
    expect([...target]).toEqual([0, 0, 1, 1]);
  });

  it("refuses parts of different sizes", () => {
    const wide = parseAmat(bytesOf("0 0 0 1\n"), "wide", { height: 1, width: 4 });
    const square = parse("0 0 0 1\n");
    expect(() => amatDataset({ name: "x", train: square, validation: square, test: wide })).toThrow(
      /wide: expected pictures of 2×2.*got 1×4/,
    );
  });
});
