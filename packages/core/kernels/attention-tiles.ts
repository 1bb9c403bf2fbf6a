// Attention of four pictures side by side: lanes are pictures (attention.ts).

import { weightOf } from "./attention-weight";
import { columnBytes, offsetAt } from "./operand";
import { madd } from "./vector";

/**
 * Row after row of the picture, and of a row head after head: a row's keys, and later its values, come once from far and stay in the nearest cache. Scratch
 * holds two vectors a head, its largest score and the sum of its weights, and behind them scores by head, [positions][4].
 */
export function attentionTiles(
  instruction: usize,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  const parameters = load<usize>(instruction, 4);
  const heads = load<i32>(parameters);
  const keySize = load<i32>(parameters, 4);
  const valueSize = load<i32>(parameters, 8);
  const width = load<i32>(parameters, 12);
  const scale = v128.load32_splat(parameters, 16);
  const target = instruction + 8;
  const queries = instruction + 28;
  const keys = instruction + 48;
  const values = instruction + 68;
  const keyBytes = (<usize>keySize) << 4;
  const valueBytes = (<usize>valueSize) << 4;
  const positions = <usize>(y * width + x);
  const scores = scratch + ((<usize>heads) << 5);
  for (let block = 0; block < blocks; block++) {
    const blockBase = base + <usize>block * blockBytes;
    const to = blockBase + offsetAt(target, y, x);
    memory.fill(to, 0, <usize>heads * valueBytes);
    if (positions == 0) continue;
    const query = blockBase + offsetAt(queries, y, x);
    for (let head = 0; head < heads; head++) {
      v128.store(scratch + ((<usize>head) << 5), f32x4.splat(-Infinity));
    }
    for (let row = 0; row <= y; row++) {
      const columns = row < y ? width : x;
      const key = blockBase + offsetAt(keys, row, 0);
      const from = scores + ((<usize>(row * width)) << 4);
      for (let head = 0; head < heads; head++) {
        const most = scratch + ((<usize>head) << 5);
        const offset = <usize>head * keyBytes;
        const at = from + <usize>head * (positions << 4);
        v128.store(
          most,
          scoreRow(query + offset, key + offset, columnBytes(keys), columns, keySize, scale, at, v128.load(most)),
        );
      }
    }
    for (let head = 0; head < heads; head++) {
      const most = scratch + ((<usize>head) << 5);
      const at = scores + <usize>head * (positions << 4);
      v128.store(most, exponentiateTiles(at, positions, v128.load(most)), 16);
    }
    for (let row = 0; row <= y; row++) {
      const columns = <usize>(row < y ? width : x);
      const value = blockBase + offsetAt(values, row, 0);
      const weights = scores + ((<usize>(row * width)) << 4);
      for (let head = 0; head < heads; head++) {
        const at = weights + <usize>head * (positions << 4);
        let offset = <usize>head * valueBytes;
        const last = offset + valueBytes;
        for (; offset + 128 <= last; offset += 128) {
          mixRow8(value + offset, columnBytes(values), columns, at, to + offset);
        }
        for (; offset < last; offset += 16) mixRow1(value + offset, columnBytes(values), columns, at, to + offset);
      }
    }
    for (let head = 0; head < heads; head++) {
      const total = v128.load(scratch + ((<usize>head) << 5), 16);
      let sum = to + <usize>head * valueBytes;
      const last = sum + valueBytes;
      for (; sum < last; sum += 16) v128.store(sum, f32x4.div(v128.load(sum), total));
    }
  }
}

/** Leaves the scores of a head and a row in `to`, [columns][4]; returns the largest of each picture, of `most` and these. */
function scoreRow(
  query: usize,
  key: usize,
  step: usize,
  columns: i32,
  keySize: i32,
  scale: v128,
  to: usize,
  most: v128,
): v128 {
  const whole = (<usize>(keySize >> 2)) << 6;
  const rest = keySize & 3;
  for (; columns >= 2; columns -= 2) {
    const next = key + step;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    let k: usize = 0;
    for (; k < whole; k += 64) {
      const q0 = v128.load(query + k);
      const q1 = v128.load(query + k, 16);
      const q2 = v128.load(query + k, 32);
      const q3 = v128.load(query + k, 48);
      a0 = madd(q0, v128.load(key + k), a0);
      a1 = madd(q1, v128.load(key + k, 16), a1);
      a2 = madd(q2, v128.load(key + k, 32), a2);
      a3 = madd(q3, v128.load(key + k, 48), a3);
      b0 = madd(q0, v128.load(next + k), b0);
      b1 = madd(q1, v128.load(next + k, 16), b1);
      b2 = madd(q2, v128.load(next + k, 32), b2);
      b3 = madd(q3, v128.load(next + k, 48), b3);
    }
    if (rest > 0) {
      const q = v128.load(query + k);
      a0 = madd(q, v128.load(key + k), a0);
      b0 = madd(q, v128.load(next + k), b0);
    }
    if (rest > 1) {
      const q = v128.load(query + k, 16);
      a1 = madd(q, v128.load(key + k, 16), a1);
      b1 = madd(q, v128.load(next + k, 16), b1);
    }
    if (rest > 2) {
      const q = v128.load(query + k, 32);
      a2 = madd(q, v128.load(key + k, 32), a2);
      b2 = madd(q, v128.load(next + k, 32), b2);
    }
    const a = f32x4.mul(f32x4.add(f32x4.add(a0, a2), f32x4.add(a1, a3)), scale);
    const b = f32x4.mul(f32x4.add(f32x4.add(b0, b2), f32x4.add(b1, b3)), scale);
    v128.store(to, a);
    v128.store(to, b, 16);
    most = f32x4.pmax(f32x4.pmax(most, a), b);
    to += 32;
    key = next + step;
  }
  if (columns == 1) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let k: usize = 0;
    for (; k < whole; k += 64) {
      a0 = madd(v128.load(query + k), v128.load(key + k), a0);
      a1 = madd(v128.load(query + k, 16), v128.load(key + k, 16), a1);
      a2 = madd(v128.load(query + k, 32), v128.load(key + k, 32), a2);
      a3 = madd(v128.load(query + k, 48), v128.load(key + k, 48), a3);
    }
    if (rest > 0) a0 = madd(v128.load(query + k), v128.load(key + k), a0);
    if (rest > 1) a1 = madd(v128.load(query + k, 16), v128.load(key + k, 16), a1);
    if (rest > 2) a2 = madd(v128.load(query + k, 32), v128.load(key + k, 32), a2);
    const a = f32x4.mul(f32x4.add(f32x4.add(a0, a2), f32x4.add(a1, a3)), scale);
    v128.store(to, a);
    most = f32x4.pmax(most, a);
    to += 16;
  }
  return most;
}

/** Scores become weights, which are returned added up. */
function exponentiateTiles(scores: usize, positions: usize, most: v128): v128 {
  const end = scores + (positions << 4);
  let total = f32x4.splat(0);
  for (let at = scores; at < end; at += 16) {
    const weight = weightOf(v128.load(at), most);
    v128.store(at, weight);
    total = f32x4.add(total, weight);
  }
  return total;
}

/** Adds a row's values of eight channels, weighted, to what is in `to`. */
function mixRow8(value: usize, step: usize, columns: usize, weights: usize, to: usize): void {
  let c0 = v128.load(to);
  let c1 = v128.load(to, 16);
  let c2 = v128.load(to, 32);
  let c3 = v128.load(to, 48);
  let c4 = v128.load(to, 64);
  let c5 = v128.load(to, 80);
  let c6 = v128.load(to, 96);
  let c7 = v128.load(to, 112);
  const end = value + columns * step;
  let at = weights;
  for (; value < end; value += step) {
    const weight = v128.load(at);
    c0 = madd(weight, v128.load(value), c0);
    c1 = madd(weight, v128.load(value, 16), c1);
    c2 = madd(weight, v128.load(value, 32), c2);
    c3 = madd(weight, v128.load(value, 48), c3);
    c4 = madd(weight, v128.load(value, 64), c4);
    c5 = madd(weight, v128.load(value, 80), c5);
    c6 = madd(weight, v128.load(value, 96), c6);
    c7 = madd(weight, v128.load(value, 112), c7);
    at += 16;
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
  v128.store(to, c3, 48);
  v128.store(to, c4, 64);
  v128.store(to, c5, 80);
  v128.store(to, c6, 96);
  v128.store(to, c7, 112);
}

/** The same of one channel. */
function mixRow1(value: usize, step: usize, columns: usize, weights: usize, to: usize): void {
  let sum = v128.load(to);
  const end = value + columns * step;
  let at = weights;
  for (; value < end; value += step) {
    sum = madd(v128.load(at), v128.load(value), sum);
    at += 16;
  }
  v128.store(to, sum);
}
