import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairwise, product } from "./pairwise.ts";

const manyOptions = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 })
  .map((sizes) =>
    Object.fromEntries(sizes.map((size, i) => [`option${i}`, Array.from({ length: size }, (_, v) => v)])),
  );

describe("pairwise", () => {
  it("meets every pair of values, with nothing but the values given", () => {
    fc.assert(
      fc.property(manyOptions, (options) => {
        const rows = pairwise(options);
        const names = Object.keys(options);
        for (const row of rows) {
          expect(Object.keys(row)).toEqual(names);
          for (const name of names) expect(options[name]).toContain(row[name]);
        }
        for (const first of names) {
          for (const second of names) {
            for (const a of options[first]!) {
              for (const b of options[second]!) {
                if (first === second && a !== b) continue;
                expect(rows.some((row) => row[first] === a && row[second] === b)).toBe(true);
              }
            }
          }
        }
      }),
    );
  });

  it("is far shorter than the product", () => {
    const options = { a: [0, 1, 2], b: [0, 1, 2], c: [0, 1], d: [0, 1], e: [0, 1] };
    expect(product(options)).toHaveLength(72);
    // 9 pairs of a and b need a row each.
    expect(pairwise(options).length).toBeGreaterThanOrEqual(9);
    expect(pairwise(options).length).toBeLessThanOrEqual(12);
  });
});

describe("product", () => {
  it("is every combination once, the last option fastest", () => {
    expect(product({ a: [1, 2], b: ["x", "y"] })).toEqual([
      { a: 1, b: "x" },
      { a: 1, b: "y" },
      { a: 2, b: "x" },
      { a: 2, b: "y" },
    ]);
  });
});
