/** Lengths that fill vectors and that do not, single numbers on either side, and what repeats itself: against the same in JavaScript, bit for bit. */
import { type BinaryKind, Trace, type UnaryKind, type Value } from "@pixelcnn/core/computation";
import { describe, expect, it } from "vitest";
import { Program } from "../src/compile.ts";

const lengths = [1, 2, 3, 4, 5, 8, 11];
const special = [0, -0, 1, -1, 0.1, -3.7, 1e-40, 1e30, Number.POSITIVE_INFINITY, Number.NaN, 2];
const left = (length: number) => Float32Array.from({ length }, (_, i) => special[i % 11]!);
const right = (length: number) => Float32Array.from({ length }, (_, i) => special[(3 * i + 5) % 11]!);

const pairs: Record<Exclude<BinaryKind, "and">, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  maximum: Math.max,
  minimum: Math.min,
};

/** The result of what is written with arrays x and y. */
function run(x: Float32Array, y: Float32Array, write: (trace: Trace, x: Value, y: Value) => Value) {
  const trace = new Trace();
  const [a, b] = [trace.argument("x", [x.length]), trace.argument("y", [y.length])];
  const program = new Program(trace.finish({ z: write(trace, a, b) }));
  program.giveAll({ x, y });
  program.run();
  return program.result("z").slice();
}

describe.each(lengths)("of %i elements", (length) => {
  const [x, y] = [left(length), right(length)];

  it.each(Object.entries(pairs))("%s", (name, f) => {
    const kind = name as keyof typeof pairs;
    const expected = x.map((value, i) => f(value, y[i]!));
    expect(run(x, y, (trace, a, b) => trace.binary(kind, a, b))).toEqual(expected);
    const number = (trace: Trace) => trace.constant(0.3, [length]);
    const third = Math.fround(0.3);
    expect(run(x, y, (trace, a) => trace.binary(kind, a, number(trace)))).toEqual(
      x.map((value) => f(value, third)),
    );
    expect(run(x, y, (trace, a) => trace.binary(kind, number(trace), a))).toEqual(
      x.map((value) => f(third, value)),
    );
    const rows = run(left(3 * length), y, (trace, a, b) => {
      const shape = [3, length];
      const repeated = trace.broadcast(b, shape, [1]);
      return trace.reshape(trace.binary(kind, repeated, trace.reshape(a, shape)), [3 * length]);
    });
    expect(rows).toEqual(left(3 * length).map((value, i) => f(y[i % length]!, value)));
  });

  it.each([
    ["negate", (value: number) => -value],
    ["squareRoot", Math.sqrt],
    ["absolute", Math.abs],
  ] as const satisfies readonly (readonly [UnaryKind, (value: number) => number])[])("%s", (kind, f) => {
    expect(run(x, y, (trace, a) => trace.unary(kind, a))).toEqual(x.map(f));
  });

  it("what is greater, and a choice by it of arrays and of numbers", () => {
    const isGreater = (i: number) => x[i]! > y[i]!;
    const chosen = (write: (trace: Trace, condition: Value, a: Value, b: Value) => Value) =>
      run(x, y, (trace, a, b) => write(trace, trace.greater(a, b), a, b));
    const two = (trace: Trace) => trace.constant(2, [length]);
    expect(chosen((trace, condition) => trace.convert(condition, "f32"))).toEqual(
      x.map((_, i) => Number(isGreater(i))),
    );
    expect(chosen((trace, condition, a, b) => trace.select(condition, a, b))).toEqual(
      x.map((value, i) => (isGreater(i) ? value : y[i]!)),
    );
    expect(chosen((trace, condition, a) => trace.select(condition, two(trace), a))).toEqual(
      x.map((value, i) => (isGreater(i) ? 2 : value)),
    );
    expect(chosen((trace, condition, a) => trace.select(condition, a, two(trace)))).toEqual(
      x.map((value, i) => (isGreater(i) ? value : 2)),
    );
  });

  it("logistic and elu, close to float64", () => {
    const logistic = run(x, y, (trace, a) => trace.unary("logistic", a));
    const elu = run(x, y, (trace, a) => {
      const zero = trace.constant(0, a.shape);
      const below = trace.shift(trace.unary("exponential", trace.binary("minimum", a, zero)), -1);
      return trace.select(trace.greater(a, zero), a, below);
    });
    x.forEach((value, i) => {
      expectClose(logistic[i]!, 1 / (1 + Math.exp(-value)));
      expectClose(elu[i]!, value > 0 ? value : Math.expm1(value));
    });
  });
});

function expectClose(actual: number, expected: number): void {
  if (Number.isFinite(expected))
    expect(Math.abs(actual / expected - 1) < 1e-6 || actual === expected).toBe(true);
  else expect(actual).toBe(expected);
}
