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
