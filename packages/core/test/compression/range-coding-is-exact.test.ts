/**
 * The range coder and its counts, with distributions of any shape: what went in comes out, in hardly more bits than it has. One file although long: neither is
 * right without the other.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitMeter } from "../../src/compression/bit-meter.ts";
import { CumulativeCounts } from "../../src/compression/cumulative-counts.ts";
import { RangeDecoder } from "../../src/compression/range-decoder.ts";
import { RangeEncoder } from "../../src/compression/range-encoder.ts";
import { type SymbolCounts, symbolAt, TOTAL } from "../../src/compression/symbol-counts.ts";
import { ValueCounts } from "../../src/compression/value-counts.ts";
import { likelihoods } from "../../src/likelihoods/likelihoods.ts";

/** start … end - 1 */
type Share = readonly [start: number, end: number];

/** Of any width, with both ends of the range and single numbers among them. */
const share = fc
  .oneof(
    fc.tuple(fc.nat(TOTAL - 1), fc.nat(TOTAL - 1)),
    fc.tuple(fc.nat(24), fc.nat(24)).map(([a, b]) => [2 ** a - 1, 2 ** b - 1] as const),
    fc.constantFrom([0, 0], [TOTAL - 1, TOTAL - 1], [0, TOTAL - 2], [1, TOTAL - 1], [0, TOTAL - 1]),
  )
  .map(([a, b]): Share => [Math.min(a!, b!), Math.max(a!, b!) + 1]);

function encode(shares: readonly Share[]): Uint8Array {
  const encoder = new RangeEncoder();
  for (const [start, end] of shares) encoder.encode(start, end);
  return encoder.finish();
}

/** @returns whether the next symbol is the one with this share, and decodes it. */
function decodes(decoder: RangeDecoder, [start, end]: Share): boolean {
  const isNext = decoder.number >= start && decoder.number < end;
  decoder.decode(start, end);
  return isNext;
}

describe("the range coder", () => {
  it("gives every symbol back, in at most two bytes more than the symbols have", () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 300 }), (shares) => {
        const message = encode(shares);
        const bits = shares.reduce((sum, [start, end]) => sum + Math.log2(TOTAL / (end - start)), 0);
        expect(8 * message.length).toBeLessThanOrEqual(bits + shares.length * 2 ** -15 + 16);
        const decoder = new RangeDecoder(message);
        expect(shares.filter((share) => !decodes(decoder, share))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    // Bytes that stay undecided, 255 after 255, until a carry turns them over or does not.
    ["the last number again and again, then the last", [TOTAL - 1, TOTAL], [TOTAL - 1, TOTAL]],
    ["the last number again and again, then the first", [TOTAL - 1, TOTAL], [0, 1]],
    ["the first number again and again, then the last", [0, 1], [TOTAL - 1, TOTAL]],
    ["just above the middle", [TOTAL / 2, TOTAL / 2 + 1], [TOTAL - 1, TOTAL]],
    ["just below the middle", [TOTAL / 2 - 1, TOTAL / 2], [TOTAL - 1, TOTAL]],
    ["two thirds", [0, 11_184_811], [11_184_810, TOTAL]],
  ] satisfies [string, Share, Share][])("keeps carries: %s", (_, most, last) => {
    for (let length = 0; length < 200; length++) {
      const shares = [...new Array<Share>(length).fill(most), last, most, last];
      const decoder = new RangeDecoder(encode(shares));
      expect(shares.filter((share) => !decodes(decoder, share))).toEqual([]);
    }
  });

  it("says nothing in no bytes", () => {
    expect(encode([])).toHaveLength(0);
    expect(encode(new Array<Share>(1000).fill([0, TOTAL]))).toHaveLength(0);
  });

  it("reads numbers of any bytes, and never one out of range", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(TOTAL - 2)), (bytes, cuts) => {
        const decoder = new RangeDecoder(bytes);
        for (const cut of cuts) {
          const { number } = decoder;
          if (!(number >= 0 && number < TOTAL)) expect.fail(`${number} is out of range`);
          if (number <= cut) decoder.decode(0, cut + 1);
          else decoder.decode(cut + 1, TOTAL);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Every symbol has counts of its own, each of whose numbers leads back to it. */
function expectCounts(counts: SymbolCounts): void {
  expect(counts.start(0)).toBe(0);
  expect(counts.start(counts.symbols)).toBe(TOTAL);
  for (let symbol = 0; symbol < counts.symbols; symbol++) {
    const [start, end] = [counts.start(symbol), counts.start(symbol + 1)];
    if (!Number.isInteger(start) || end - start < 1) expect.fail(`${symbol} has ${start} … ${end}`);
    for (const number of [start, end - 1]) {
      const found = symbolAt(counts, number);
      // Vitest is asked only to say what differs: it takes some times as long as the search.
      if (found.symbol !== symbol || found.start !== start || found.end !== end)
        expect(found).toEqual({ symbol, start, end });
    }
  }
}

it("a symbol is found by as many counts as a bisection has, none of them twice", () => {
  const asked: number[] = [];
  const counts = {
    symbols: 256,
    start: (symbol: number) => {
      asked.push(symbol);
      return symbol * (TOTAL / 256);
    },
  };
  const message = encode([[(TOTAL / 256) * 100, (TOTAL / 256) * 101]]);
  expect(new RangeDecoder(message).code(counts)).toBe(100);
  expect(asked).toHaveLength(8);
  expect(new Set(asked).size).toBe(8);
});

/** What levels of these weights weigh below each. */
function sumsOf(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length + 1);
  weights.forEach((weight, level) => {
    sums[level + 1] = sums[level]! + weight;
  });
  return sums;
}

describe("counts from weights", () => {
  const weights = fc.oneof(
    fc.array(fc.float({ min: Math.fround(1e-38), max: 1, noNaN: true }), { minLength: 2, maxLength: 256 }),
    // Far apart, as exponentials are.
    fc.array(
      fc.nat(120).map((power) => 2 ** -power),
      { minLength: 2, maxLength: 256 },
    ),
    fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 2, maxLength: 20 }).filter((all) => all.includes(1)),
  );

  it("leave no level out, take little from any, and find the level of every number", () => {
    fc.assert(
      fc.property(weights, fc.array(fc.nat(TOTAL - 1)), (given, numbers) => {
        const levels = given.length;
        const sums = sumsOf(given);
        const total = sums[levels]!;
        const counts = new CumulativeCounts((level) => sums[level]!, 1).set(0, levels, 1, total);
        expectCounts(counts);
        given.forEach((weight, level) => {
          const share = counts.start(level + 1) - counts.start(level);
          const least = (weight / total) * (TOTAL - levels) - 1e-6;
          if (!(share >= least))
            expect.fail(`level ${level}: expected a share of at least ${least}, got ${share}`);
        });
        for (const number of numbers) {
          const { symbol: level } = symbolAt(counts, number);
          const [start, end] = [counts.start(level), counts.start(level + 1)];
          if (!(start <= number && number < end))
            expect.fail(`${number} is not of level ${level}, ${start} … ${end}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    // M = 2^24: C(k) = k + ⌊(M − K) · c_k / S⌋
    [
      [1, 1],
      [0, 8_388_608, 16_777_216],
    ],
    [
      [1, 3],
      [0, 4_194_304, 16_777_216],
    ],
    [
      [1, 0, 1],
      [0, 8_388_607, 8_388_608, 16_777_216],
    ],
    [
      [0.5, 0.25, 0.125, 0.125],
      [0, 8_388_607, 12_582_911, 14_680_063, 16_777_216],
    ],
    [
      [1e-30, 1],
      [0, 1, 16_777_216],
    ],
  ])("of the weights %j are %j", (weights, expected) => {
    const sums = sumsOf(weights);
    const counts = new CumulativeCounts((level) => sums[level]!, 1).set(0, weights.length, 1, sums.at(-1)!);
    expect(expected.map((_, level) => counts.start(level))).toEqual(expected);
  });

  it("of levels that weigh nothing are even", () => {
    const sums = sumsOf([1, 0, 0, 0, 1]);
    const counts = new CumulativeCounts((level) => sums[level]!, 1).set(1, 4, 1, 2);
    expect([0, 1, 2, 3].map((level) => counts.start(level))).toEqual([0, 5_592_405, 11_184_810, TOTAL]);
  });
});

describe("counts from a mixture's cumulative distribution", () => {
  it("are the same to the last bit where what a pixel's channels share is kept", () => {
    const logits = fc.array(fc.float({ min: -12, max: 12, noNaN: true }), { minLength: 36, maxLength: 36 });
    const pixel = fc.array(fc.nat(255), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(logits, pixel, (numbers, levels) => {
        const mixture = likelihoods.mixture(3);
        const kept = new Float64Array(mixture.keptOfPixel);
        for (let channel = 0; channel < 3; channel++) {
          const earlier = levels.slice(0, channel);
          const value = { logits: Float32Array.from(numbers), offset: 0, levels: 256, earlier };
          const all = (cdf: (level: number) => number) =>
            Float64Array.from({ length: 257 }, (_, k) => cdf(k - 1));
          const alone = all(mixture.cdf(value));
          expect(all(mixture.cdf(value, kept))).toEqual(alone);
        }
      }),
    );
  });

  const logit = fc.float({ min: -12, max: 12, noNaN: true });
  const mixture = likelihoods.mixture(3);
  const value = fc.record({
    logits: fc.array(logit, { minLength: 36, maxLength: 36 }),
    levels: fc.constantFrom(2, 3, 16, 256, 257, 1000, 65_536),
    channel: fc.constantFrom(0, 1, 2),
    past: fc.nat(255),
    start: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("leave no level out, take little from any, and find the level of every number", () => {
    fc.assert(
      fc.property(value, ({ logits, levels, channel, past, start }) => {
        const earlier = Array.from({ length: channel }, (_, j) => (past >> j) % levels);
        const value = { logits: Float32Array.from(logits), offset: 0, levels, earlier };
        const cdf = mixture.cdf(value);
        const below = (level: number) => cdf(level - 1);
        // Of many levels, one byte's worth of them anywhere, and their bytes.
        const first = levels <= 256 ? 0 : 256 * Math.floor(start * Math.floor((levels - 1) / 256));
        const end = Math.min(levels, first + 256);
        expectCounts(new CumulativeCounts(below, 2).set(first, end, 1, 1));
        expectCounts(new CumulativeCounts(below, 2).set(0, levels, Math.ceil(levels / 256), 1));
        const coded = new ValueCounts(levels, below, 2);
        for (let level = first; level < end; level += 7) {
          const meter = new BitMeter();
          coded.code(meter, level);
          const bits = -mixture.logProbability(value, level) / Math.LN2;
          // What is rarer than the counts can say costs what they say least; and for that, others less.
          if (bits < 20) expect(meter.bits).toBeLessThan(bits + 0.1);
          expect(meter.bits).toBeLessThanOrEqual(levels > 256 ? 48 : 24);
        }
      }),
      { numRuns: 100 },
    );
  });
});
