import { describe, expect, it } from "vitest";
import { learningRateAt } from "../../src/training/index.ts";

describe("the learning rate, worked out by hand", () => {
  // warm-up · (0.02 + 0.98·(1 + cos πp) / 2)
  it.each([
    ["no warm-up, at the beginning", 1, 0, 0, 1],
    ["no warm-up, at a third", 7, 0, 1 / 3, 0.755],
    ["no warm-up, half way", 7, 0, 0.5, 0.51],
    ["no warm-up, at two thirds", 7, 0, 2 / 3, 0.265],
    ["at the end, the floor", 1000, 0, 1, 0.02],
    ["beyond the end, the floor still", 1001, 0, 1.5, 0.02],
    ["the first of ten warm-up steps", 1, 10, 0, 0.1],
    ["the fifth of ten", 5, 10, 0, 0.5],
    ["the last of ten", 10, 10, 0, 1],
    ["after them", 11, 10, 0, 1],
    ["warming up half way: both factors", 5, 10, 0.5, 0.255],
  ])("%s", (_, step, warmupSteps, progress, expected) => {
    expect(learningRateAt(1, step, warmupSteps, progress)).toBeCloseTo(expected, 12);
    expect(learningRateAt(0.004, step, warmupSteps, progress)).toBeCloseTo(0.004 * expected, 14);
  });
});
