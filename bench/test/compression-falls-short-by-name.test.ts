import { expect, it } from "vitest";
import { shortfallsOf } from "../compression/shortfalls.ts";

const speed = { draw: 100, compress: 80, decompress: 120 };
const well = { name: "digits", evaluatedBits: 80_000, labelBits: 0, bytes: 10_209, speed };

it("nothing is missed up to the limits", () => {
  expect(shortfallsOf(well)).toEqual([]);
  expect(shortfallsOf({ ...well, labelBits: 800, bytes: 10_309 })).toEqual([]);
});

it("a byte too many, and a way that is too slow, are", () => {
  expect(shortfallsOf({ ...well, bytes: 10_211 })).toEqual([
    "digits: expected at most 10209 bytes, got 10211",
  ]);
  expect(shortfallsOf({ ...well, speed: { draw: 100, compress: 79, decompress: 60 } })).toEqual([
    "digits: expected to compress at 0.8 of the speed of drawing or more, got 0.79",
    "digits: expected to decompress at 0.8 of the speed of drawing or more, got 0.60",
  ]);
});
