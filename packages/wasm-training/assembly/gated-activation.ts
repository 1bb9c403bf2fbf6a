// y = tanh(a)·σ(b) over channel ranges [start, end) whose first half is a and second half b.
//
// `ranges` holds, per range, three i32 byte distances: of a's first channel in a row of x, of y's first channel in a
// row of y, and the length of a half.

import { gate4, sigmoid4, tanh4 } from './transcendental';
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
