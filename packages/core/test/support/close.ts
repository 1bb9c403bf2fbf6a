import { expect } from "vitest";

/**
 * Every number lies within less than the tolerance of the one that it should be, and there are as many of them. Where one does not, it is named.
 * They are not told to Vitest one by one: remembering an expectation takes longer than computing most of what is compared.
 *
 * @param tolerance of all, or of one by what it should be and where it stands.
 */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number | ((expected: number, index: number) => number),
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [is, should] = [actual[i]!, expected[i]!];
    const most = typeof tolerance === "number" ? tolerance : tolerance(should, i);
    if (!(Math.abs(is - should) < most)) expect.fail(`number ${i}: expected ${should} ± ${most}, got ${is}`);
  }
}
