import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSeed, MAX_SEED, Purpose, SeedError, uniform, uniforms } from "../../src/random/noise.ts";
import { philoxReference } from "../support/philox-reference.ts";

const word = fc.nat(0xffffffff);
const purposes = fc.constantFrom(...Object.values(Purpose));

/** The contract, in big integers. */
function expected(seed: number, index: number, element: number, purpose: number, node: number, time: number) {
  const [low, high] = [Number(BigInt(seed) & 0xffffffffn), Number(BigInt(seed) >> 32n)];
  const [first] = philoxReference([index, element, purpose + 256 * node, time], [low, high]) as [number];
  return Math.floor(first / 256) / 2 ** 24;
}

describe("uniform", () => {
  it("is the upper 24 bits of Philox's first word at its address", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        word,
        word,
        purposes,
        fc.nat(1000),
        word,
        (seed, index, element, purpose, node, time) => {
          const u = uniform(seed, index, element, purpose, node, time);
          expect(u).toBe(expected(seed, index, element, purpose, node, time));
          expect(u).toBeGreaterThanOrEqual(0);
          expect(u).toBeLessThan(1);
        },
      ),
    );
  });

  it("at address 0 is the first published vector's", () => {
    expect(uniform(0, 0, 0, Purpose.sample, 0, 0)).toBe(0x6627e8 / 2 ** 24);
  });

  it("numbers the purposes for ever", () => {
    expect(Purpose).toEqual({
      sample: 0,
      binarise: 1,
      shuffle: 2,
      dropout: 3,
      initialise: 4,
      glyph: 5,
      augment: 6,
      pixel: 7,
    });
  });

  it("uses all 53 bits of the seed", () => {
    const at = (seed: number) => uniform(seed, 1, 2, Purpose.sample, 0, 0);
    const seeds = [
      0,
      1,
      2 ** 31,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 32 + 1,
      2 ** 33,
      2 ** 52,
      MAX_SEED - 1,
      MAX_SEED,
    ];
    expect(new Set(seeds.map(at)).size).toBe(seeds.length);
    for (const seed of seeds) expect(at(seed)).toBe(expected(seed, 1, 2, Purpose.sample, 0, 0));
  });

  it("looks uniform: mean, variance and neighbours of 40,000 numbers", () => {
    const count = 40_000;
    const values = Float32Array.from({ length: count }, (_, i) =>
      uniform(3, i >> 8, i & 255, Purpose.sample, 0, 0),
    );
    const mean = values.reduce((sum, u) => sum + u, 0) / count;
    const variance = values.reduce((sum, u) => sum + (u - mean) ** 2, 0) / count;
    const neighbours =
      values.slice(1).reduce((sum, u, i) => sum + (u - mean) * (values[i]! - mean), 0) / count;
    // Four standard errors each: of the mean √(1/12n), of the variance √(1/180n), of the covariance 1/(12√n).
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / (12 * count)));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / (180 * count)));
    expect(Math.abs(neighbours)).toBeLessThan(4 / (12 * Math.sqrt(count)));
  });
});

describe("uniforms", () => {
  it("fills in the numbers of a run of elements", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), word, fc.nat(2 ** 31), purposes, (seed, index, firstElement, purpose) => {
        const target = new Float32Array(5);
        uniforms(target, { seed, index, firstElement, purpose, node: 7, time: 9 });
        const each = [0, 1, 2, 3, 4].map((i) => uniform(seed, index, firstElement + i, purpose, 7, 9));
        expect([...target]).toEqual(each);
        uniforms(target, { seed, index, purpose });
        expect([...target]).toEqual([0, 1, 2, 3, 4].map((i) => uniform(seed, index, i, purpose, 0, 0)));
      }),
    );
  });
});

describe("checkSeed", () => {
  it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (seed) => {
    expect(() => checkSeed(seed)).toThrow(SeedError);
    expect(() => checkSeed(seed)).toThrow(`got ${seed}`);
  });

  it.each([0, 1, 2 ** 32, MAX_SEED])("accepts %d", (seed) => {
    expect(() => checkSeed(seed)).not.toThrow();
  });
});
