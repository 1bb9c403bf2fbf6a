import { describe, expect, it } from "vitest";
import { StandardError } from "../../src/likelihoods/standard-error.ts";

describe("the standard error of a mean", () => {
  it("is the deviation of the values over the root of their number, however they come", () => {
    const values = [80, 90, 100, 70, 85];
    const mean = 85;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
    const one = new StandardError();
    one.add(Float32Array.from(values.slice(0, 2)));
    one.add(Float32Array.from(values.slice(2)));
    expect(one.value).toBeCloseTo(Math.sqrt(variance / 5), 12);
    expect(one.mean).toBeCloseTo(mean, 12);
  });

  it("is not known of one value, and 0 of equal ones", () => {
    const one = new StandardError();
    one.add([3]);
    expect(one.value).toBeNull();
    one.add([3]);
    expect(one.value).toBe(0);
  });
});
