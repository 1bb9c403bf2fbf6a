/** The mixture of discretised logistics: cases by hand, the published formula where it holds, and what a large K changes (nothing). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likelihoods } from "../../src/likelihoods/likelihoods.ts";
import { mixtureCdf } from "../support/mixture-reference.ts";

const sigma = (x: number) => 1 / (1 + Math.exp(-x));
const { log } = Math;
/** log s at which s is so many levels. */
const wide = (inLevels: number, levels: number) => log((2 * inLevels) / (levels - 1));
const one = likelihoods.mixture(1);
const two = likelihoods.mixture(2);
const p = (
  likelihood: typeof one,
  logits: readonly number[],
  levels: number,
  level: number,
  earlier: readonly number[] = [],
) => Math.exp(likelihood.logProbability({ logits, offset: 0, levels, earlier }, level));

describe("one logistic", () => {
  it.each([
    // K = 3, mean in the middle, a scale of one level: σ(−½), the rest, σ(−½)
    [[0, 0, wide(1, 3)], 3, [0.377540668798, 0.244918662404, 0.377540668798]],
    // a scale of half a level: σ(−1), σ(1) − σ(−1), σ(−1)
    [[0, 0, wide(0.5, 3)], 3, [0.26894142137, 0.46211715726, 0.26894142137]],
    // mean at the lowest of four levels, a scale of one level: σ(½), σ(1½) − σ(½), σ(2½) − σ(1½), 1 − σ(2½)
    [[0, -1, wide(1, 4)], 4, [0.622459331202, 0.195115144992, 0.106567343785, 0.075858180021]],
    // two levels, mean at the upper one
    [[5, 1, wide(1, 2)], 2, [0.377540668798, 0.622459331202]],
  ])("with logits %j has these shares of %i levels", (logits, levels, expected) => {
    expected.forEach((share, level) => {
      expect(p(one, logits, levels, level)).toBeCloseTo(share, 11);
    });
  });

  it("is no narrower than e^-7 of a byte's range, 0.116 levels, for any K", () => {
    const width = 127.5 * Math.exp(-7);
    for (const levels of [3, 256, 65_536]) {
      const middle = Math.floor(levels / 2);
      const mean = (2 * middle) / (levels - 1) - 1;
      const expected = sigma(0.5 / width) - sigma(-0.5 / width);
      expect(p(one, [0, mean, -100], levels, middle)).toBeCloseTo(expected, 9);
    }
  });
});

describe("several", () => {
  it("mix by their shares, and a channel is drawn towards those that made the earlier ones likely", () => {
    // K = 3; shares 1/4 and 3/4; red: means at the lowest and the highest level, scales of one level.
    const red = [log(1), log(3), -1, 1, wide(1, 3), wide(1, 3)];
    const [near, far] = [sigma(0.5), 1 - sigma(1.5)]; // of the level at the mean, of the other end
    expect(p(two, red, 3, 0)).toBeCloseTo(near / 4 + (3 * far) / 4, 12);
    // Green: means at the lowest and the highest level, no coefficients. Given red 0, weights are near/4 and 3 far/4.
    const green = [-1, 1, wide(1, 3), wide(1, 3), 0, 0];
    const weight = near / 4 / (near / 4 + (3 * far) / 4);
    expect(p(two, [...red, ...green], 3, 0, [0])).toBeCloseTo(weight * near + (1 - weight) * far, 12);
  });

  it("have means that follow the earlier channels: tanh(c) of the level between −1 and 1", () => {
    const channel = [0, wide(1, 5)];
    const coefficient = Math.atanh(0.5);
    const logits = [0, ...channel, ...channel, coefficient, ...channel, coefficient, Math.atanh(-0.25)];
    // K = 5, red at its highest level, 1: green's mean is 0.5, level 3; its share is that within half a level.
    expect(p(one, logits, 5, 3, [4])).toBeCloseTo(sigma(0.5) - sigma(-0.5), 12);
    // green at its lowest, −1: blue's mean is 0.5 + 0.25, level 3.5.
    expect(p(one, logits, 5, 3, [4, 0])).toBeCloseTo(sigma(0) - sigma(-1), 12);
    expect(p(one, logits, 5, 4, [4, 0])).toBeCloseTo(1 - sigma(0), 12);
  });
});

/** pixelcnn++'s `discretized_mix_logistic_loss` of one value at x, a level between −1 and 1, where it does not fall back on a density. */
function published(x: number, shares: number[], means: number[], logScales: number[]): number | null {
  const most = Math.max(...shares);
  const total = shares.reduce((sum, share) => sum + Math.exp(share - most), 0);
  let sum = 0;
  for (const [i, share] of shares.entries()) {
    const inverse = Math.exp(-Math.max(logScales[i]!, -7));
    const plus = inverse * (x - means[i]! + 1 / 255);
    const minus = inverse * (x - means[i]! - 1 / 255);
    const mass = x < -0.999 ? sigma(plus) : x > 0.999 ? 1 - sigma(minus) : sigma(plus) - sigma(minus);
    if (mass <= 1e-5) return null;
    sum += (Math.exp(share - most) / total) * mass;
  }
  return sum;
}

const number = fc.double({ min: -1.5, max: 1.5, noNaN: true });
const three = fc.tuple(number, number, number);

describe("with 256 levels", () => {
  it("is the published formula wherever that takes a difference of two sigmoids", () => {
    let compared = 0;
    fc.assert(
      fc.property(three, three, three, fc.nat(255), (shares, means, widths, level) => {
        const logScales = widths.map((width) => 2 * width - 3);
        const expected = published((2 * level) / 255 - 1, shares, means, logScales);
        if (expected === null) return;
        compared++;
        const logits = [...shares, ...means, ...logScales];
        expect(p(likelihoods.mixture(3), logits, 256, level) / expected).toBeCloseTo(1, 6);
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});

describe("drawing", () => {
  it.each([1, 0.5, 2])(
    "at T = %d is the inverse of the distribution with log π / T and s·T",
    (temperature) => {
      fc.assert(
        fc.property(
          fc.array(number, { minLength: 20, maxLength: 20 }),
          fc.array(fc.nat(6), { maxLength: 2 }),
          fc.nat(2 ** 24 - 1),
          (logits, earlier, word) => {
            const u = word * 2 ** -24;
            const level = two.draw({ logits, offset: 0, levels: 7, earlier }, temperature, u);
            const pixel = { logits, components: 2, levels: 7, earlier };
            expect(mixtureCdf(pixel, level, temperature)).toBeGreaterThan(u - 1e-9);
            expect(mixtureCdf(pixel, level - 1, temperature)).toBeLessThanOrEqual(u + 1e-9);
          },
        ),
      );
    },
  );

  it("at T = 0 is the rounded mean of the likeliest component, within the levels", () => {
    const draw = (mean: number, share = 1) =>
      two.draw({ logits: [0, share, -0.5, mean, 0, 0], offset: 0, levels: 5, earlier: [] }, 0, 0.99);
    expect([-9, -0.8, -0.76, -0.74, 0, 0.24, 0.26, 9].map((mean) => draw(mean))).toEqual([
      0, 0, 0, 1, 2, 2, 3, 4,
    ]);
    expect(draw(0.9, -1)).toBe(1);
  });

  it("asks for no vector of all levels: 65,536 of them are drawn like two", () => {
    const draw = (u: number) =>
      one.draw({ logits: [0, 0, -4], offset: 0, levels: 65_536, earlier: [] }, 1, u);
    expect(draw(0.5)).toBe(32_768);
    expect(draw(0)).toBe(0);
    // F = 0.9: the mean plus s·log 9
    expect(draw(0.9)).toBe(Math.ceil(32_767.5 + 32_767.5 * Math.exp(-4) * log(9) - 0.5));
  });
});
