import fc from "fast-check";
import { expect, it } from "vitest";
import { likelihoods } from "../../../src/likelihoods/likelihoods.ts";
import { pickLevel } from "../../../src/likelihoods/pick-level.ts";

it("a level picked by weights is the level drawn from logits, whatever lies around them", () => {
  const weight = fc.float({ min: Math.fround(1e-30), max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 3, maxLength: 20 }),
      fc.nat(2 ** 24 - 1),
      fc.constantFrom(1, 4),
      (weights, bits, step) => {
        const u = bits / 2 ** 24;
        const floats = new Float32Array(3 + weights.length * step).fill(7);
        weights.forEach((value, k) => {
          floats[3 + k * step] = value;
        });
        const level = pickLevel(floats, 3, step, weights.length, u);
        const total = weights.reduce((sum, value) => sum + value, 0);
        const below = weights.slice(0, level).reduce((sum, value) => sum + value, 0);
        expect(below).toBeLessThanOrEqual(u * total);
        expect(below + weights[level]!).toBeGreaterThan(u * total);
        // At a boundary logarithms round either way; elsewhere both rules agree.
        const near = [below, below + weights[level]!].some((bound) => Math.abs(bound / total - u) < 1e-9);
        const value = { logits: weights.map(Math.log), offset: 0, levels: weights.length, earlier: [] };
        if (!near) expect(likelihoods.categorical.draw(value, 1, u)).toBe(level);
      },
    ),
  );
});

/** As the definition says it, level after level. */
function firstAbove(weights: Float32Array, u: number): number {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (const [k, weight] of weights.entries()) sums[k] = sum += weight;
  const first = sums.findIndex((running) => running > u * sum);
  return first < 0 ? sums.indexOf(sum) : first;
}

it("the walk by blocks finds what a walk over all levels finds, weights of 0 among them", () => {
  const weight = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0, 1e-38));
  const most = Math.fround(1 - 2 ** -24);
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 2, 9, 256, 257, 1000, 65_536),
      fc.oneof(
        fc.constantFrom(0, most),
        fc.nat(2 ** 24 - 1).map((word) => word / 2 ** 24),
      ),
      (some, levels, u) => {
        const weights = Float32Array.from({ length: levels }, (_, k) => some[(k * k) % some.length]!);
        expect(pickLevel(weights, 0, 1, levels, u)).toBe(firstAbove(weights, u));
      },
    ),
  );
  expect(pickLevel([1, Number.NaN, 1], 0, 1, 3, 0.5)).toBe(-1);
});
