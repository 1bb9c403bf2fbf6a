// The cells of a wave: what an LSTM does at every position once its sums are known, and the gradient of that.
//
//   c = σ(f)·c' + σ(i)·tanh(g)        h = σ(o)·tanh(c)        c' the cell that this one goes on from
//
// All are made of t = e^−|x| − 1, or e^−2|x| − 1 for tanh, good to 1e-7 of 1 and relatively good near 0:
//
//   σ(x) = 1 / (2 + t), or (1 + t) / (2 + t) where x < 0        σ' = (1 + t) / (2 + t)²        tanh |x| = −t / (2 + t)        tanh' = 4·(1 + t) / (2 + t)²
//
// Positions lie one after another in what is theirs alone (a picture after another, then the next lane); in pictures, a lane and a picture are some
// bytes apart, which are given for arrays of F channels: gates have four times as many, states twice.
//
// `ranges` holds, per channel group, two i32: bytes before its first channel in a row of F, and bytes of its channels.
//
// One file although long: forwards and backwards have the same loops over lanes, pictures and groups.

import { ROUND, roundedQuotient } from '../../core/kernels/range-reduction';
import { negativeMagnitude } from './transcendental';
import { loadPart, madd, storePart } from './vector';

/** e^x − 1 for x <= 0. ln 2 is taken off at once: what that costs of e^x is less than 1e-7. */
// @ts-ignore: decorator
@inline
function decay4(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-30)); // hands a NaN through
  const rounded = roundedQuotient(clamped);
  const r = madd(f32x4.sub(rounded, f32x4.splat(ROUND)), f32x4.splat(-0.6931471805599453), clamped);
  let p = f32x4.splat(1.3814559887687238e-3);
  p = madd(p, r, f32x4.splat(8.368735564203235e-3));
  p = madd(p, r, f32x4.splat(4.1668389858748475e-2));
  p = madd(p, r, f32x4.splat(1.6666520477725663e-1));
  p = madd(p, r, f32x4.splat(4.999999343742206e-1));
  p = madd(f32x4.mul(p, r), r, r);
  const scale = i32x4.shl(i32x4.add(rounded, i32x4.splat(127 - reinterpret<i32>(ROUND))), 23);
  return madd(p, scale, f32x4.sub(scale, f32x4.splat(1)));
}

/** t of σ(x). */
// @ts-ignore: decorator
@inline
function decayOfLogistic(x: v128): v128 {
  return decay4(negativeMagnitude(x));
}

/** t of tanh(x). */
// @ts-ignore: decorator
@inline
function decayOfTanh(x: v128): v128 {
  const magnitude = negativeMagnitude(x);
  return decay4(f32x4.add(magnitude, magnitude));
}

/** σ(x)·(2 + t). */
// @ts-ignore: decorator
@inline
function logisticNumerator(x: v128, t: v128): v128 {
  return f32x4.add(f32x4.splat(1), v128.and(t, i32x4.shr_s(x, 31)));
}

/** tanh(x)·(2 + t): −t with the sign of x. */
// @ts-ignore: decorator
@inline
function tanhNumerator(x: v128, t: v128): v128 {
  return v128.bitselect(x, t, i32x4.splat(0x80000000));
}

/**
 * `sums` [positions][4F] is what the taps bring, `gates` the picture's own part. The cell before is read `before` bytes behind a position's own states, in
 * lanes `first` to `last` − 1; elsewhere it is 0. Both h and c go to `states`, and h to `outputs`, whose lanes are `outputLane` bytes apart.
 */
export function lstmCells(
  sums: usize,
  gates: usize,
  states: usize,
  outputs: usize,
  outputLane: usize,
  lanes: i32,
  lane: usize,
  pictures: i32,
  picture: usize,
  before: usize,
  first: i32,
  last: i32,
  channels: i32,
  ranges: usize,
  rangeCount: i32,
): void {
  const bytes = (<usize>channels) << 2;
  for (let l = 0; l < lanes; l++) {
    const continues = l >= first && l < last;
    let x = gates;
    let to = states;
    let h = outputs;
    for (let p = 0; p < pictures; p++) {
      for (let r = 0; r < rangeCount; r++) {
        const at = <usize>load<i32>(ranges + ((<usize>r) << 3));
        const width = <usize>load<i32>(ranges + ((<usize>r) << 3), 4);
        const gate = at << 2;
        const own = to + at;
        const end = width & ~15;
        for (let i: usize = 0; i < end; i += 16) {
          cell(sums + gate + i, x + gate + i, width, own + i, bytes, before, continues, h + at + i, 4);
        }
        const rest = <i32>(width - end) >> 2;
        if (rest > 0) cell(sums + gate + end, x + gate + end, width, own + end, bytes, before, continues, h + at + end, rest);
      }
      sums += bytes << 2;
      x += picture << 2;
      to += picture << 1;
      h += bytes;
    }
    gates += lane << 2;
    states += lane << 1;
    outputs += outputLane;
  }
}

/** c of `count` channels that lies `before` bytes behind another, or 0: without a branch, so that the loop stays one block and its constants in registers. */
// @ts-ignore: decorator
@inline
function cellBefore(c: usize, before: usize, continues: bool, count: i32): v128 {
  const from = select(c + before, c, continues);
  return v128.and(loadPart(from, count, 0), i32x4.splat(-(<i32>continues)));
}

/** Of `count` channels, whose gates are `width` bytes apart and whose c lies `bytes` behind h. */
// @ts-ignore: decorator
@inline
function cell(
  sums: usize,
  gates: usize,
  width: usize,
  state: usize,
  bytes: usize,
  before: usize,
  continues: bool,
  output: usize,
  count: i32,
): void {
  const o = f32x4.add(loadPart(sums, count, 0), loadPart(gates, count, 0));
  const f = f32x4.add(loadPart(sums + width, count, 0), loadPart(gates + width, count, 0));
  const n = f32x4.add(loadPart(sums + 2 * width, count, 0), loadPart(gates + 2 * width, count, 0));
  const g = f32x4.add(loadPart(sums + 3 * width, count, 0), loadPart(gates + 3 * width, count, 0));
  const two = f32x4.splat(2);
  const tn = decayOfLogistic(n);
  const tg = decayOfTanh(g);
  const tf = decayOfLogistic(f);
  const bottom = f32x4.mul(f32x4.add(two, tn), f32x4.add(two, tg));
  const top = f32x4.mul(logisticNumerator(n, tn), tanhNumerator(g, tg));
  const kept = f32x4.mul(logisticNumerator(f, tf), cellBefore(state + bytes, before, continues, count));
  const bottomOfKept = f32x4.add(two, tf);
  const c = f32x4.div(
    f32x4.add(f32x4.mul(top, bottomOfKept), f32x4.mul(kept, bottom)),
    f32x4.mul(bottom, bottomOfKept),
  );
  const to = decayOfLogistic(o);
  const tc = decayOfTanh(c);
  const h = f32x4.div(
    f32x4.mul(logisticNumerator(o, to), tanhNumerator(c, tc)),
    f32x4.mul(f32x4.add(two, to), f32x4.add(two, tc)),
  );
  storePart(state, h, count);
  storePart(state + bytes, c, count);
  storePart(output, h, count);
}

/**
 * The gates' sums in `gates` become their gradients, which also go to `slopes`. `dsums` [positions][F] is what h gets from the taps that read it, `dstates`
 * what states get from elsewhere. `carried` is what a cell hands on, read where it stands `next` bytes behind a position's own: its positions lie as those of
 * `slopes` do, with F channels instead of 4F.
 */
export function lstmCellGradients(
  dsums: usize,
  gates: usize,
  states: usize,
  dstates: usize,
  slopes: usize,
  slopeLane: usize,
  carried: usize,
  lanes: i32,
  lane: usize,
  pictures: i32,
  picture: usize,
  before: usize,
  first: i32,
  last: i32,
  next: usize,
  channels: i32,
  ranges: usize,
  rangeCount: i32,
): void {
  const bytes = (<usize>channels) << 2;
  for (let l = 0; l < lanes; l++) {
    const continues = l >= first && l < last;
    let x = gates;
    let state = states;
    let dstate = dstates;
    let da = slopes;
    let hand = carried;
    for (let p = 0; p < pictures; p++) {
      for (let r = 0; r < rangeCount; r++) {
        const at = <usize>load<i32>(ranges + ((<usize>r) << 3));
        const width = <usize>load<i32>(ranges + ((<usize>r) << 3), 4);
        const gate = at << 2;
        const end = width & ~15;
        for (let i: usize = 0; i < end; i += 16) {
          const own = at + i;
          slope(
            x + gate + i, da + gate + i, width, state + own, dstate + own, bytes, before, continues,
            dsums + own, hand + own, next, 4,
          );
        }
        const rest = <i32>(width - end) >> 2;
        if (rest > 0) {
          const own = at + end;
          slope(
            x + gate + end, da + gate + end, width, state + own, dstate + own, bytes, before, continues,
            dsums + own, hand + own, next, rest,
          );
        }
      }
      dsums += bytes;
      x += picture << 2;
      state += picture << 1;
      dstate += picture << 1;
      da += bytes << 2;
      hand += bytes;
    }
    gates += lane << 2;
    states += lane << 1;
    dstates += lane << 1;
    slopes += slopeLane;
    carried += slopeLane >> 2;
  }
}

/** Of `count` channels, whose gates are `width` bytes apart and whose c lies `bytes` behind h. */
// @ts-ignore: decorator
@inline
function slope(
  gates: usize,
  slopes: usize,
  width: usize,
  state: usize,
  dstate: usize,
  bytes: usize,
  before: usize,
  continues: bool,
  dsum: usize,
  hand: usize,
  next: usize,
  count: i32,
): void {
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const o = loadPart(gates, count, 0);
  const f = loadPart(gates + width, count, 0);
  const n = loadPart(gates + 2 * width, count, 0);
  const g = loadPart(gates + 3 * width, count, 0);
  const c = loadPart(state + bytes, count, 0);
  const dh = f32x4.add(loadPart(dstate, count, 0), loadPart(dsum, count, 0));
  const handed = f32x4.add(loadPart(dstate + bytes, count, 0), loadPart(hand + next, count, 0));
  const tc = decayOfTanh(c);
  const ic = f32x4.div(one, f32x4.add(two, tc));
  const to = decayOfLogistic(o);
  const io = f32x4.div(one, f32x4.add(two, to));
  // dh through σ(o), and through the rest of what h is made of.
  const scaled = f32x4.mul(dh, io);
  const squared = f32x4.mul(f32x4.mul(scaled, io), f32x4.add(one, to));
  const dO = f32x4.mul(squared, f32x4.mul(tanhNumerator(c, tc), ic));
  const four = f32x4.mul(f32x4.mul(f32x4.splat(4), f32x4.add(one, tc)), f32x4.mul(ic, ic));
  const dc = madd(f32x4.mul(scaled, logisticNumerator(o, to)), four, handed);
  const tf = decayOfLogistic(f);
  const inverseOfKept = f32x4.div(one, f32x4.add(two, tf));
  const dcf = f32x4.mul(dc, inverseOfKept);
  storePart(hand, f32x4.mul(dcf, logisticNumerator(f, tf)), count);
  const tn = decayOfLogistic(n);
  const tg = decayOfTanh(g);
  const into = f32x4.div(one, f32x4.add(two, tn));
  const ig = f32x4.div(one, f32x4.add(two, tg));
  const dcn = f32x4.mul(f32x4.mul(dc, into), ig);
  const dn = f32x4.mul(f32x4.mul(dcn, tanhNumerator(g, tg)), f32x4.mul(into, f32x4.add(one, tn)));
  const dg = f32x4.mul(
    f32x4.mul(dcn, logisticNumerator(n, tn)),
    f32x4.mul(f32x4.mul(f32x4.splat(4), ig), f32x4.add(one, tg)),
  );
  const old = cellBefore(state + bytes, before, continues, count);
  const df = f32x4.mul(f32x4.mul(dcf, old), f32x4.mul(inverseOfKept, f32x4.add(one, tf)));
  storePart(gates, dO, count);
  storePart(slopes, dO, count);
  storePart(gates + width, df, count);
  storePart(slopes + width, df, count);
  storePart(gates + 2 * width, dn, count);
  storePart(slopes + 2 * width, dn, count);
  storePart(gates + 3 * width, dg, count);
  storePart(slopes + 3 * width, dg, count);
}

/** Rows of `width` floats, so many bytes apart, one after another. */
export function gatherRows(from: usize, fromStep: usize, rows: i32, width: i32, to: usize): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, bytes);
    from += fromStep;
    to += bytes;
  }
}
