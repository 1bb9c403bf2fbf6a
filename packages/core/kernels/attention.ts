// Attention at one position: of every head what earlier positions have, by how their keys fit the query.
//
//     scores       s_q = ((a0 + a2) + (a1 + a3)) · 1/√D       a_j = Σ of products of channels j, j + 4, j + 8 …          m = max s_q
//     values       e_q = e^max(s_q − m, −87)                  target = Σ e_q · value_q / Σ e_q
//
// Positions in raster order, so that a picture is the same, bit for bit, alone and among others. Keys and values are each picture's own: nothing is
// shared as weights are, and how fast they arrive is how fast this is.
//
// A module of its own, for who has a network with attention. Words of the instruction, after one that is 0:
//
//      1 parameters     2 … 6 target operand     7 … 11 queries     12 … 16 keys     17 … 21 values
//
// Parameters: heads · D · E · width of the picture · 1/√D as a float.
//
// One file although long: two passes, each for four pictures and for one.

import { exponential } from "./activations";
import { channelBytes, columnBytes, offsetAt } from "./operand";
import { firstLanes, gather, highHalves, lowHalves, madd, scatter } from "./vector";

/** Scores of every position before, rounded up to whole vectors, behind a query (src/samplers/incremental/simd/encode.ts). */
// @ts-ignore: decorator
@inline
function scoresBehind(scratch: usize, keySize: i32): usize {
  return scratch + ((((<usize>keySize + 3) >> 2) << 2) << 2);
}

/** Bytes of an instruction: 22 words. */
// @ts-ignore: decorator
@inline
const INSTRUCTION: usize = 88;

/** Position (y, x) of blocks of 4 pictures. */
export function runAttentionTiles(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  for (let i = 0; i < count; i++) {
    attentionTiles(instructions + <usize>i * INSTRUCTION, base, blockBytes, blocks, y, x, scratch);
  }
}

/** Position (y, x) of single pictures. */
export function runAttentionStrips(
  instructions: usize,
  count: i32,
  base: usize,
  blockBytes: usize,
  blocks: i32,
  y: i32,
  x: i32,
  scratch: usize,
): void {
  for (let i = 0; i < count; i++) {
    attentionStrip(instructions + <usize>i * INSTRUCTION, base, blockBytes, blocks, y, x, scratch);
  }
}

/**
 * Row after row of the picture, and of a row head after head: a row's keys, and later its values, come once from far and stay in the nearest cache. Scratch
 * holds two vectors a head, its largest score and the sum of its weights, and behind them scores by head, [positions][4].
 */
function attentionTiles(
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

// @ts-ignore: decorator
@inline
function weightOf(score: v128, most: v128): v128 {
  return exponential(f32x4.pmax(f32x4.sub(score, most), f32x4.splat(-87)));
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

/** Lanes are channels. */
function attentionStrip(
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
  const targetChannel = channelBytes(target);
  const queryChannel = channelBytes(queries);
  const scores = scoresBehind(scratch, keySize);
  const positions = <usize>(y * width + x);
  for (let block = 0; block < blocks; block++) {
    const blockBase = base + <usize>block * blockBytes;
    for (let head = 0; head < heads; head++) {
      const to = blockBase + offsetAt(target, y, x) + <usize>(head * valueSize) * targetChannel;
      let total: f32 = 1;
      if (positions > 0) {
        const query = blockBase + offsetAt(queries, y, x) + <usize>(head * keySize) * queryChannel;
        for (let k = 0; k < keySize; k += 4) {
          const count = min(4, keySize - k);
          const lanes = gather(query + <usize>k * queryChannel, queryChannel, count);
          v128.store(scratch + ((<usize>k) << 2), v128.and(lanes, firstLanes(count)));
        }
        const key = blockBase + <usize>(head * keySize) * channelBytes(keys);
        const most = scoreStrip(scratch, keys, key, y, x, width, keySize, scale, scores);
        total = exponentiateStrip(scores, positions, most);
      }
      const value = blockBase + <usize>(head * valueSize) * channelBytes(values);
      for (let f = 0; f < valueSize; f += 8) {
        const count = min(8, valueSize - f);
        const channel = value + <usize>f * channelBytes(values);
        mixStrip8(values, channel, count, y, x, width, scores, total, to + <usize>f * targetChannel, targetChannel);
      }
    }
  }
}

/** Channels k to k + 3 of a key; 0 beyond the last. */
// @ts-ignore: decorator
@inline
function keyLanes(key: usize, stride: usize, k: i32, keySize: i32): v128 {
  const from = key + <usize>k * stride;
  if (k + 4 <= keySize) return stride == 4 ? v128.load(from) : gather(from, stride, 4);
  const count = keySize - k;
  return v128.and(gather(from, stride, count), firstLanes(count));
}

/** Leaves the scores of a head in `scores`, [positions]; returns the largest in every lane. Four positions of a row at a time. */
function scoreStrip(
  query: usize,
  keys: usize,
  base: usize,
  y: i32,
  x: i32,
  width: i32,
  keySize: i32,
  scale: v128,
  scores: usize,
): v128 {
  const step = columnBytes(keys);
  const stride = channelBytes(keys);
  let most = f32x4.splat(-Infinity);
  let to = scores;
  for (let row = 0; row <= y; row++) {
    let key = base + offsetAt(keys, row, 0);
    for (let columns = row < y ? width : x; columns > 0; columns -= 4) {
      // Beyond the row's last position the first of the four is repeated; what stands there is overwritten, or read by nobody.
      const key1 = columns > 1 ? key + step : key;
      const key2 = columns > 2 ? key + 2 * step : key;
      const key3 = columns > 3 ? key + 3 * step : key;
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let k = 0; k < keySize; k += 4) {
        const q = v128.load(query + ((<usize>k) << 2));
        a = madd(q, keyLanes(key, stride, k, keySize), a);
        b = madd(q, keyLanes(key1, stride, k, keySize), b);
        c = madd(q, keyLanes(key2, stride, k, keySize), c);
        d = madd(q, keyLanes(key3, stride, k, keySize), d);
      }
      const ab = f32x4.add(lowHalves(a, b), highHalves(a, b));
      const cd = f32x4.add(lowHalves(c, d), highHalves(c, d));
      const even = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6);
      const odd = v128.shuffle<f32>(ab, cd, 1, 3, 5, 7);
      const score = f32x4.mul(f32x4.add(even, odd), scale);
      v128.store(to, score);
      most = f32x4.pmax(most, score);
      to += (<usize>min(4, columns)) << 2;
      key += 4 * step;
    }
  }
  most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  return f32x4.pmax(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2));
}

/** Scores become weights, which are returned added up. */
function exponentiateStrip(scores: usize, positions: usize, most: v128): f32 {
  const end = scores + (positions << 2);
  for (let at = scores; at < end; at += 16) v128.store(at, weightOf(v128.load(at), most));
  let total: f32 = 0;
  for (let at = scores; at < end; at += 4) total += load<f32>(at);
  return total;
}

/** Up to eight channels of a head's values, weighted. */
function mixStrip8(
  values: usize,
  base: usize,
  count: i32,
  y: i32,
  x: i32,
  width: i32,
  weights: usize,
  total: f32,
  to: usize,
  targetChannel: usize,
): void {
  const step = columnBytes(values);
  const stride = channelBytes(values);
  const isWhole = stride == 4 && count == 8;
  const first = min(4, count);
  const second = count - first;
  let low = f32x4.splat(0);
  let high = low;
  let at = weights;
  for (let row = 0; row <= y; row++) {
    let value = base + offsetAt(values, row, 0);
    const end = value + <usize>(row < y ? width : x) * step;
    for (; value < end; value += step) {
      const weight = v128.load32_splat(at);
      if (isWhole) {
        low = madd(weight, v128.load(value), low);
        high = madd(weight, v128.load(value, 16), high);
      } else {
        low = madd(weight, gather(value, stride, first), low);
        if (second > 0) high = madd(weight, gather(value + 4 * stride, stride, second), high);
      }
      at += 4;
    }
  }
  const sum = f32x4.splat(total);
  scatter(to, targetChannel, f32x4.div(low, sum), first);
  if (second > 0) scatter(to + 4 * targetChannel, targetChannel, f32x4.div(high, sum), second);
}
