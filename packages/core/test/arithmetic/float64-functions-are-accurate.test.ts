/** Against the engine's own functions, which are accurate too, wherever float64 has numbers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exp, expm1, log, log1p, tanh } from "../../src/arithmetic/float64.ts";

const functions = { exp, expm1, log, log1p, tanh };
type Name = keyof typeof functions;

const positive = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
const inputs: Record<Name, fc.Arbitrary<number>> = {
  exp: fc.oneof(fc.double({ min: -700, max: 709, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
  expm1: fc.oneof(
    fc.double({ min: -700, max: 709, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  ),
  log: fc.oneof(positive, fc.double({ min: 0.5, max: 2, noNaN: true })),
  log1p: fc.oneof(positive, fc.double({ min: -0.999, max: 2, noNaN: true })),
  tanh: fc.oneof(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
};

/** Units in the last place between two numbers. */
function ulps(a: number, b: number): number {
  const order = (x: number) => {
    const bits = new BigInt64Array(Float64Array.of(x).buffer)[0]!;
    return bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits;
  };
  const distance = order(a) - order(b);
  return Number(distance < 0n ? -distance : distance);
}

describe.each(Object.keys(functions) as Name[])("%s", (name) => {
  it("is the engine's to 6 units in the last place", () => {
    fc.assert(
      fc.property(inputs[name], (x) => {
        expect(ulps(functions[name](x), Math[name](x))).toBeLessThanOrEqual(6);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    0,
    1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -1,
    1e-300,
    5e-324,
    1000,
    -1000,
  ])("of %d", (x) => {
    const [value, expected] = [functions[name](x), Math[name](x)];
    if (Number.isFinite(expected)) expect(ulps(value, expected)).toBeLessThanOrEqual(6);
    else expect(value).toBe(expected);
  });
});

it("exp falls to 0 by way of denormals, and never rises where x falls", () => {
  let before = 0;
  for (let x = -746; x <= -700; x += 0.0625) {
    const value = exp(x);
    expect(Math.abs(value - Math.exp(x))).toBeLessThanOrEqual(Math.max(5e-324, 1e-15 * value));
    expect(value).toBeGreaterThanOrEqual(before);
    before = value;
  }
  expect(exp(-746)).toBe(0);
});
