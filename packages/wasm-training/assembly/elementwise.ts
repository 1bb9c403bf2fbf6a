// y[i] = f(x[i]) over a flat array.

import { exp4, expm14, softplusTail4, tanh4 } from './transcendental';
import { loadPart, storePart } from './vector';

const enum Curve {
  Exp,
  Expm1,
  Tanh,
  Softplus,
  Relu,
}

// @ts-ignore: decorator
@inline
function apply(f: Curve, x: v128): v128 {
  if (f == Curve.Exp) return exp4(x);
  if (f == Curve.Expm1) return expm14(x);
  if (f == Curve.Tanh) return tanh4(x);
  if (f == Curve.Relu) return f32x4.pmax(x, f32x4.splat(0));
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
