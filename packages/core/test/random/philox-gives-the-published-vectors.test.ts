import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { philox4x32 } from "../../src/random/philox.ts";
import { philoxReference } from "../support/philox-reference.ts";

type Words = [number, number, number, number];

const ALL = 0xffffffff;

describe("philox4x32-10", () => {
  // Random123's kat_vectors: counter, key, result.
  it.each<[Words, [number, number], Words]>([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ALL, ALL, ALL, ALL],
      [ALL, ALL],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("of counter %j and key %j is %j", (counter, key, expected) => {
    const words = new Uint32Array(4);
    philox4x32(words, ...key, ...counter);
    expect([...words]).toEqual(expected);
    expect(philoxReference(counter, key)).toEqual(expected);
  });

  it("equals 64-bit integer arithmetic at any address", () => {
    const word = fc.nat(ALL);
    const counters = fc.tuple(word, word, word, word);
    fc.assert(
      fc.property(counters, fc.tuple(word, word), (counter, key) => {
        const words = new Uint32Array(4);
        philox4x32(words, ...key, ...counter);
        expect([...words]).toEqual(philoxReference(counter, key));
      }),
      { numRuns: 1000 },
    );
  });
});
