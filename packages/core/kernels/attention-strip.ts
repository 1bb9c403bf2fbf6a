// Attention of one picture alone: lanes are channels, and positions of a row (attention.ts).

import { weightOf } from "./attention-weight";
import { channelBytes, columnBytes, offsetAt } from "./operand";
import { firstLanes, gather, highHalves, lowHalves, madd, scatter } from "./vector";

/** Scores of every position before, rounded up to whole vectors, behind a query (src/samplers/incremental/simd/encode.ts). */
// @ts-ignore: decorator
@inline
function scoresBehind(scratch: usize, keySize: i32): usize {
  return scratch + ((((<usize>keySize + 3) >> 2) << 2) << 2);
}

/** Lanes are channels. */
export function attentionStrip(
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
