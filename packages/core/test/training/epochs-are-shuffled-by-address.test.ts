import fc from "fast-check";
import { expect, it } from "vitest";
import { Purpose, uniform } from "../../src/random/noise.ts";
import { shuffledIndices } from "../../src/training/shuffle.ts";

it("an order is a permutation, the same whenever it is made", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.maxSafeNat(),
      fc.integer({ min: 1, max: 1000 }),
      (length, seed, epoch) => {
        const order = shuffledIndices(length, seed, epoch);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
        expect(shuffledIndices(length, seed, epoch)).toEqual(order);
      },
    ),
    { numRuns: 50 },
  );
});

it("every epoch and every seed has an order of its own", () => {
  const orders = [0, 1, 2 ** 40].flatMap((seed) =>
    [1, 2, 3].map((epoch) => shuffledIndices(200, seed, epoch).join()),
  );
  expect(new Set(orders).size).toBe(9);
});

it("the draws lie at (0, element, shuffle, epoch), from the last place down", () => {
  const [seed, epoch, length] = [2 ** 33 + 5, 4, 20];
  const expected = Array.from({ length }, (_, i) => i);
  for (let last = length - 1; last >= 1; last--) {
    const chosen = Math.floor(uniform(seed, 0, last, Purpose.shuffle, 0, epoch) * (last + 1));
    [expected[last], expected[chosen]] = [expected[chosen]!, expected[last]!];
  }
  expect([...shuffledIndices(length, seed, epoch)]).toEqual(expected);
});

it("every picture comes to every place equally often", () => {
  const epochs = 3000;
  const counts = new Uint32Array(25);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffledIndices(5, 0, epoch).forEach((picture, place) => {
      counts[place * 5 + picture]! += 1;
    });
  }
  // Binomial(3000, 1/5): standard deviation 22.
  for (const count of counts) expect(Math.abs(count - epochs / 5)).toBeLessThan(5 * 22);
});
