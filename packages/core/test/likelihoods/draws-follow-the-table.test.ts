import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LikelihoodKind } from "../../src/likelihoods/likelihood.ts";
import { likelihoods } from "../../src/likelihoods/likelihoods.ts";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { drawLevel } from "../support/values.ts";

/** Largest uniform number, and the smallest step between two. */
const TICK = 2 ** -24;
const LAST = 1 - TICK;
const NEVER = -1000; // exp(-1000) = 0 in float64
const { log } = Math;

describe("drawLevel", () => {
  it.each([
    // logits, temperature, u, level
    [[0, 0, 0, 0], 1, 0, 0],
    [[0, 0, 0, 0], 1, 0.25 - TICK, 0],
    [[0, 0, 0, 0], 1, 0.25, 1],
    [[0, 0, 0, 0], 1, 0.5, 2],
    [[0, 0, 0, 0], 1, 0.75 - TICK, 2],
    [[0, 0, 0, 0], 1, LAST, 3],
    // the same, moved: only differences count
    [[500, 500, 500, 500], 1, 0.75, 3],
    [[-500, -500, -500, -500], 1, 0.25, 1],
    // p = 1/8, 5/8, 2/8
    [[0, log(5), log(2)], 1, 0.12, 0],
    [[0, log(5), log(2)], 1, 0.13, 1],
    [[0, log(5), log(2)], 1, 0.74, 1],
    [[0, log(5), log(2)], 1, 0.76, 2],
    // T = 2 takes roots: p = 1/6, 3/6, 2/6
    [[0, log(9), log(4)], 2, 0.16, 0],
    [[0, log(9), log(4)], 2, 0.17, 1],
    [[0, log(9), log(4)], 2, 0.66, 1],
    [[0, log(9), log(4)], 2, 0.67, 2],
    // T = 1/2 squares: p = 1/14, 9/14, 4/14
    [[0, log(3), log(2)], 0.5, 0.07, 0],
    [[0, log(3), log(2)], 0.5, 0.072, 1],
    [[0, log(3), log(2)], 0.5, 0.72, 2],
    // levels of probability 0 are passed over, at both ends and inside
    [[NEVER, 0, NEVER, 0, NEVER], 1, 0, 1],
    [[NEVER, 0, NEVER, 0, NEVER], 1, 0.5 - TICK, 1],
    [[NEVER, 0, NEVER, 0, NEVER], 1, 0.5, 3],
    [[NEVER, 0, NEVER, 0, NEVER], 1, LAST, 3],
    // where rounding leaves no level above u, as for a u that rounds to 1: the last level that has a probability
    [[NEVER, 0, NEVER, 0, NEVER], 1, 1 - 2 ** -54, 3],
    [[0, NEVER, NEVER], 1, 1 - 2 ** -54, 0],
  ])("of logits %j at T = %d for u = %d is level %i", (logits, temperature, u, level) => {
    expect(drawLevel(logits, 0, logits.length, temperature, u)).toBe(level);
  });

  it.each([
    [[0, 3, 3, 2], 1],
    [[5, 5, 5], 0],
    [[-3, -2, -1], 2],
    [[NEVER, 7, 7], 1],
  ])("of logits %j at T = 0 is level %i: the most probable, the lower first", (logits, level) => {
    for (const u of [0, 0.5, LAST]) expect(drawLevel(logits, 0, logits.length, 0, u)).toBe(level);
  });

  it.each([
    // l = log p₁/p₀, temperature, u, level: 1 iff u ≥ p₀
    [0, 1, 0.5 - TICK, 0],
    [0, 1, 0.5, 1],
    [0, 1, 0, 0],
    [0, 1, LAST, 1],
    [log(3), 1, 0.2499, 0],
    [log(3), 1, 0.2501, 1],
    [-log(3), 1, 0.7499, 0],
    [-log(3), 1, 0.7501, 1],
    [log(9), 2, 0.2499, 0],
    [log(9), 2, 0.2501, 1],
    [1000, 1, 0, 1],
    [-1000, 1, LAST, 0],
    [0.1, 0.001, TICK, 1],
    [0, 0, LAST, 0],
    [1e-30, 0, 0, 1],
    [-1e-30, 0, LAST, 0],
  ])("of the two levels' logit %d at T = %d for u = %d is level %i", (logit, temperature, u, level) => {
    expect(drawLevel([logit], 0, 2, temperature, u)).toBe(level);
  });

  it("reads its logits from the offset on", () => {
    expect(drawLevel([9, 0, 0, NEVER, 9], 1, 3, 1, 0.7)).toBe(1);
    expect(drawLevel([9, -9, 9], 1, 2, 1, 0.5)).toBe(0);
  });

  const logits = fc.array(fc.float({ min: -60, max: 60, noNaN: true }), { minLength: 3, maxLength: 16 });
  const uniforms = fc.nat(2 ** 24 - 1).map((word) => word * TICK);
  const temperatures = fc.constantFrom(0, 0.25, 1, 3);

  it("of a categorical never is a level of probability 0, nor falls when u grows", () => {
    fc.assert(
      fc.property(logits, fc.nat(), temperatures, uniforms, uniforms, (values, where, temperature, a, b) => {
        const never = where % values.length;
        const given = values.map((value, k) => (k === never ? -1e6 : value));
        const value = { logits: given, offset: 0, levels: given.length, earlier: [] };
        const draw = (u: number) => likelihoods.categorical.draw(value, temperature, u);
        expect(draw(a)).not.toBe(never);
        expect(draw(Math.min(a, b))).toBeLessThanOrEqual(draw(Math.max(a, b)));
      }),
    );
  });

  // 99.9% of the chi-square distribution with K - 1 degrees of freedom.
  it.each([
    [[0.3, -1, 2, 0, 1.5], 1, 18.47],
    [[0.3, -1, 2, 0, 1.5], 0.5, 18.47],
    [[0.3, -1, 2, 0, 1.5], 3, 18.47],
    [[-0.7], 1, 10.83],
    [[-0.7], 2, 10.83],
  ])(
    "of logits %j at T = %d: 20,000 addressed draws are as frequent as they should be",
    (given, temperature, limit) => {
      const draws = 20_000;
      const levels = Math.max(2, given.length);
      const all = given.length === 1 ? [0, given[0]!] : given;
      const weights = all.map((logit) => Math.exp(logit / temperature));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const counts = new Array<number>(levels).fill(0);
      for (let element = 0; element < draws; element++) {
        counts[drawLevel(given, 0, levels, temperature, uniform(11, 2, element, Purpose.sample, 0, 0))]!++;
      }
      const chiSquare = counts.reduce((sum, count, k) => {
        const expected = (draws * weights[k]!) / total;
        return sum + (count - expected) ** 2 / expected;
      }, 0);
      expect(chiSquare).toBeLessThan(limit);
    },
  );
});

describe("cdf", () => {
  const value = (logits: readonly number[], levels: number) => ({ logits, offset: 0, levels, earlier: [] });
  /** Numbers of levels that each likelihood is tried with. */
  const levelsOf = {
    bernoulli: [2],
    categorical: [2, 3, 7, 12],
    mixture: [2, 3, 7, 256],
  } as const satisfies Record<LikelihoodKind, readonly number[]>;
  const kinds = Object.keys(levelsOf) as LikelihoodKind[];

  it.each([
    ["bernoulli", [Math.log(3)], 2, [0.25, 1]],
    ["categorical", [0, log(5), log(2)], 3, [1 / 8, 6 / 8, 1]],
  ] as const)("of %s with logits %j adds up the probabilities", (kind, logits, levels, expected) => {
    expected.forEach((probability, level) => {
      expect(likelihoods[kind].cdf(value(logits, levels))(level)).toBeCloseTo(probability, 12);
    });
    expect(likelihoods[kind].cdf(value(logits, levels))(-1)).toBe(0);
  });

  it.each(kinds.flatMap((kind) => levelsOf[kind].map((levels) => [kind, levels] as const)))(
    "of %s with %i levels rises to 1 by what logProbability says, and draws are its inverse",
    (kind, levels) => {
      const named = likelihoods[kind];
      const { cdf, logProbability, draw, logitsOfChannel } = typeof named === "function" ? named(2) : named;
      const length = logitsOfChannel(levels, 0);
      const some = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), {
        minLength: length,
        maxLength: length,
      });
      fc.assert(
        fc.property(some, fc.nat(2 ** 24 - 1), (logits, word) => {
          const u = word * TICK;
          const given = value(logits, levels);
          for (let level = 0; level < levels; level++) {
            const step = cdf(given)(level) - cdf(given)(level - 1);
            const probability = Math.exp(logProbability(given, level));
            if (!(Math.abs(step - probability) < 5e-10)) expect.fail(`${level}: ${step}, not ${probability}`);
          }
          expect(cdf(given)(-1)).toBe(0);
          expect(cdf(given)(levels - 1)).toBe(1);
          const level = draw(given, 1, u);
          expect(cdf(given)(level)).toBeGreaterThan(u - 1e-12);
          expect(cdf(given)(level - 1)).toBeLessThanOrEqual(u + 1e-12);
        }),
      );
    },
  );
});
