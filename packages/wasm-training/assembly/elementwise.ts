// y[i] = f(x[i]) over a flat array, and the same of two, of which either may be one number that meets all of the other's.

import { exp4, expm14, sigmoid4, softplusTail4, tanh4 } from './transcendental';
import { loadPart, storePart } from './vector';

const enum Curve {
  Exp,
  Expm1,
  Tanh,
  Softplus,
  Relu,
  Elu,
  Logistic,
  Negate,
  SquareRoot,
  Absolute,
}

// @ts-ignore: decorator
@inline
function apply(f: Curve, x: v128): v128 {
  if (f == Curve.Exp) return exp4(x);
  if (f == Curve.Expm1) return expm14(x);
  if (f == Curve.Tanh) return tanh4(x);
  if (f == Curve.Relu) return f32x4.pmax(x, f32x4.splat(0));
  if (f == Curve.Elu) return v128.bitselect(x, expm14(x), f32x4.gt(x, f32x4.splat(0)));
  if (f == Curve.Logistic) return sigmoid4(x);
  if (f == Curve.Negate) return f32x4.neg(x);
  if (f == Curve.SquareRoot) return f32x4.sqrt(x);
  if (f == Curve.Absolute) return f32x4.abs(x);
  // pmax(x, 0) hands NaN through.
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), softplusTail4(x));
}

// @ts-ignore: decorator
@inline
function map(f: Curve, x: usize, y: usize, count: i32): void {
  const whole = count & ~3;
  const end = x + ((<usize>whole) << 2);
  while (x < end) {
    v128.store(y, apply(f, v128.load(x)));
    x += 16;
    y += 16;
  }
  const rest = count - whole;
  if (rest > 0) storePart(y, apply(f, loadPart(x, rest, 0)), rest);
}

export function exp(x: usize, y: usize, count: i32): void {
  map(Curve.Exp, x, y, count);
}

export function expm1(x: usize, y: usize, count: i32): void {
  map(Curve.Expm1, x, y, count);
}

export function tanh(x: usize, y: usize, count: i32): void {
  map(Curve.Tanh, x, y, count);
}

export function softplus(x: usize, y: usize, count: i32): void {
  map(Curve.Softplus, x, y, count);
}

/** NaN where x is none. */
export function relu(x: usize, y: usize, count: i32): void {
  map(Curve.Relu, x, y, count);
}

/** x where it is positive, else e^x − 1. */
export function elu(x: usize, y: usize, count: i32): void {
  map(Curve.Elu, x, y, count);
}

export function logistic(x: usize, y: usize, count: i32): void {
  map(Curve.Logistic, x, y, count);
}

export function negate(x: usize, y: usize, count: i32): void {
  map(Curve.Negate, x, y, count);
}

export function squareRoot(x: usize, y: usize, count: i32): void {
  map(Curve.SquareRoot, x, y, count);
}

export function absolute(x: usize, y: usize, count: i32): void {
  map(Curve.Absolute, x, y, count);
}

const enum Pair {
  Add,
  Subtract,
  Multiply,
  Divide,
  Maximum,
  Minimum,
  Greater,
}

// @ts-ignore: decorator
@inline
function applyPair(f: Pair, x: v128, y: v128): v128 {
  if (f == Pair.Add) return f32x4.add(x, y);
  if (f == Pair.Subtract) return f32x4.sub(x, y);
  if (f == Pair.Multiply) return f32x4.mul(x, y);
  if (f == Pair.Divide) return f32x4.div(x, y);
  if (f == Pair.Maximum) return f32x4.max(x, y);
  if (f == Pair.Minimum) return f32x4.min(x, y);
  return v128.and(f32x4.gt(x, y), i32x4.splat(1));
}

// @ts-ignore: decorator
@inline
function mapPairs(f: Pair, x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  const whole = count & ~3;
  const end = out + ((<usize>whole) << 2);
  const xStep: usize = xIsOne ? 0 : 16;
  const yStep: usize = yIsOne ? 0 : 16;
  while (out < end) {
    const a = xIsOne ? v128.load32_splat(x) : v128.load(x);
    const b = yIsOne ? v128.load32_splat(y) : v128.load(y);
    v128.store(out, applyPair(f, a, b));
    x += xStep;
    y += yStep;
    out += 16;
  }
  const rest = count - whole;
  if (rest > 0) {
    const a = xIsOne ? v128.load32_splat(x) : loadPart(x, rest, 0);
    const b = yIsOne ? v128.load32_splat(y) : loadPart(y, rest, 0);
    storePart(out, applyPair(f, a, b), rest);
  }
}

export function add(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Add, x, xIsOne, y, yIsOne, out, count);
}

export function subtract(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Subtract, x, xIsOne, y, yIsOne, out, count);
}

export function multiply(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Multiply, x, xIsOne, y, yIsOne, out, count);
}

export function divide(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Divide, x, xIsOne, y, yIsOne, out, count);
}

export function maximum(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Maximum, x, xIsOne, y, yIsOne, out, count);
}

export function minimum(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Minimum, x, xIsOne, y, yIsOne, out, count);
}

/** The integer 1 where x > y, else 0. */
export function greater(x: usize, xIsOne: bool, y: usize, yIsOne: bool, out: usize, count: i32): void {
  mapPairs(Pair.Greater, x, xIsOne, y, yIsOne, out, count);
}

/** x where the integer of the condition is not 0, else y: four bytes each, whatever they mean. */
export function choose(
  condition: usize,
  x: usize,
  xIsOne: bool,
  y: usize,
  yIsOne: bool,
  out: usize,
  count: i32,
): void {
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const at = (<usize>i) << 2;
    const a = xIsOne ? v128.load32_splat(x) : v128.load(x + at);
    const b = yIsOne ? v128.load32_splat(y) : v128.load(y + at);
    v128.store(out + at, v128.bitselect(b, a, i32x4.eq(v128.load(condition + at), i32x4.splat(0))));
  }
  for (let i = whole; i < count; i++) {
    const at = (<usize>i) << 2;
    const from = load<i32>(condition + at) != 0 ? (xIsOne ? x : x + at) : yIsOne ? y : y + at;
    store<i32>(out + at, load<i32>(from));
  }
}

/** dx = dy where y > 0, else 0. */
export function reluGrad(y: usize, dy: usize, dx: usize, count: i32): void {
  let at: usize = 0;
  const end = (<usize>(count & ~3)) << 2;
  while (at < end) {
    const open = f32x4.gt(v128.load(y + at), f32x4.splat(0));
    v128.store(dx + at, v128.and(v128.load(dy + at), open));
    at += 16;
  }
  const rest = count & 3;
  if (rest > 0) {
    const open = f32x4.gt(loadPart(y + at, rest, 0), f32x4.splat(0));
    storePart(dx + at, v128.and(loadPart(dy + at, rest, 0), open), rest);
  }
}
