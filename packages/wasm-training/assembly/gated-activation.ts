// y = tanh(a)·σ(b) over channel ranges [start, end) whose first half is a and second half b.
//
// `ranges` holds, per range, three i32 byte distances: of a's first channel in a row of x, of y's first channel in a
// row of y, and the length of a half.

import { expOfNegative4, gate4, negativeMagnitude, sigmoid4, tanh4 } from './transcendental';
import { loadPart, storePart } from './vector';

export function gatedActivation(
  x: usize,
  y: usize,
  rows: i32,
  rowBytes: usize,
  ranges: usize,
  rangeCount: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let r = 0; r < rangeCount; r++) {
      const entry = ranges + <usize>r * 12;
      let a = x + <usize>load<i32>(entry);
      let out = y + <usize>load<i32>(entry, 4);
      const half = <usize>load<i32>(entry, 8);
      const end = a + half;
      while (a + 16 <= end) {
        v128.store(out, gate4(v128.load(a), v128.load(a + half)));
        a += 16;
        out += 16;
      }
      const rest = <i32>(end - a) >> 2;
      if (rest > 0) storePart(out, gate4(loadPart(a, rest, 0), loadPart(a + half, rest, 0)), rest);
    }
    x += rowBytes;
    y += rowBytes >> 1;
  }
}

/** da = dy·σ(b)·(1 − tanh² a), db = dy·tanh(a)·σ(b)·(1 − σ(b)). */
export function gatedActivationGrad(
  x: usize,
  dy: usize,
  dx: usize,
  rows: i32,
  rowBytes: usize,
  ranges: usize,
  rangeCount: i32,
): void {
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    for (let r = 0; r < rangeCount; r++) {
      const entry = ranges + <usize>r * 12;
      const half = <usize>load<i32>(entry, 8);
      let a = <usize>load<i32>(entry);
      let g = dy + <usize>load<i32>(entry, 4);
      const end = a + half;
      while (a < end) {
        const count = min(<i32>(end - a) >> 2, 4);
        const t = tanh4(loadPart(x + a, count, 0));
        const s = sigmoid4(loadPart(x + a + half, count, 0));
        const scaled = f32x4.mul(loadPart(g, count, 0), s);
        storePart(dx + a, f32x4.mul(scaled, f32x4.sub(one, f32x4.mul(t, t))), count);
        storePart(dx + a + half, f32x4.mul(f32x4.mul(scaled, t), f32x4.sub(one, s)), count);
        a += 16;
        g += 16;
      }
    }
    x += rowBytes;
    dx += rowBytes;
    dy += rowBytes >> 1;
  }
}

/**
 * The same with y = tanh(a)·σ(b) at hand, of which tanh(a) = y / σ(b): one exponential instead of two. Where σ(b) is too small for that it is 0
 * but for a factor below 10⁻³⁷, and so are da and db.
 */
export function gatedActivationGradOfOutput(
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  rows: i32,
  rowBytes: usize,
  ranges: usize,
  rangeCount: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let r = 0; r < rangeCount; r++) {
      const entry = ranges + <usize>r * 12;
      const half = <usize>load<i32>(entry, 8);
      const first = <usize>load<i32>(entry);
      let b = x + first + half;
      let to = dx + first;
      let g = dy + <usize>load<i32>(entry, 4);
      let out = y + <usize>load<i32>(entry, 4);
      const end = b + half;
      while (b + 16 <= end) {
        gateGradient(v128.load(b), v128.load(out), v128.load(g), to, half, 4);
        b += 16;
        to += 16;
        g += 16;
        out += 16;
      }
      const rest = <i32>(end - b) >> 2;
      if (rest > 0) gateGradient(loadPart(b, rest, 0), loadPart(out, rest, 0), loadPart(g, rest, 0), to, half, rest);
    }
    x += rowBytes;
    dx += rowBytes;
    y += rowBytes >> 1;
    dy += rowBytes >> 1;
  }
}

/** da = dy·(σ − y·tanh a), db = dy·y·(1 − σ); with e = e^−|b|, σ and 1 − σ are 1 / (1 + e) and e / (1 + e), or the other way round. */
// @ts-ignore: decorator
@inline
function gateGradient(b: v128, y: v128, dy: v128, to: usize, half: usize, count: i32): void {
  const one = f32x4.splat(1);
  const e = f32x4.pmax(expOfNegative4(negativeMagnitude(b)), f32x4.splat(1.2e-38));
  const sum = f32x4.add(one, e);
  const isNegative = f32x4.lt(b, f32x4.splat(0));
  const numerator = v128.bitselect(e, one, isNegative);
  const inverse = f32x4.div(one, sum);
  const s = f32x4.mul(numerator, inverse);
  const t = f32x4.div(f32x4.mul(y, sum), numerator);
  const slope = f32x4.mul(s, f32x4.sub(one, f32x4.mul(t, t)));
  storePart(to, f32x4.mul(dy, slope), count);
  const rest = f32x4.mul(v128.bitselect(one, e, isNegative), inverse);
  storePart(to + half, f32x4.mul(f32x4.mul(dy, y), rest), count);
}
