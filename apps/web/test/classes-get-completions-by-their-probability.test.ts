import { describe, expect, it } from "vitest";
import { quantiles } from "../src/views/complete/use-class-mix.ts";
import { classProbabilities } from "../src/workers/likelihood/class-probabilities.ts";

describe("Bayes' rule", () => {
  it("compares likelihoods, however small they are", () => {
    const [a, b, c] = classProbabilities([-1000, -1000 + Math.log(3), -1e9]);
    expect(a).toBeCloseTo(0.25, 12);
    expect(b).toBeCloseTo(0.75, 12);
    expect(c).toBe(0);
  });
});

describe("completions of a number of classes", () => {
  it.each<[number[], number, number[]]>([
    [[0.5, 0.5], 4, [0, 0, 1, 1]],
    [[0.2, 0.8], 5, [0, 1, 1, 1, 1]],
    [[0, 1, 0], 3, [1, 1, 1]],
    [[0.25, 0.25, 0.25, 0.25], 2, [1, 3]],
    [[1], 2, [0, 0]],
    // Rounding may leave the sum short of 1.
    [[0, 0.9999999], 1, [1]],
  ])("%j, %i of them: %j", (probabilities, count, labels) => {
    expect(quantiles(probabilities, count)).toEqual(labels);
  });
});
