// The cells of a wave: what an LSTM does at every position once its sums are known, and the gradient of that.
//
//   c = σ(f)·c' + σ(i)·tanh(g)        h = σ(o)·tanh(c)        c' the cell that this one goes on from
//
// Positions lie one after another in what is theirs alone (a picture after another, then the next lane); in pictures, a lane and a picture are some
// bytes apart, which are given for arrays of F channels: gates have four times as many, states twice.
//
// `ranges` holds, per channel group, two i32: bytes before its first channel in a row of F, and bytes of its channels.

import { gate4, sigmoid4, tanh4 } from './transcendental';
import { loadPart, storePart } from './vector';

/**
 * `sums` [positions][4F] is what the taps bring, `gates` the picture's own part. The cell before is read `before` bytes behind a position's own states, in
 * lanes `first` to `end` − 1; elsewhere it is 0. Both h and c go to `states`, and h to `outputs`, whose lanes are `outputLane` bytes apart.
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
  end: i32,
  channels: i32,
  ranges: usize,
  rangeCount: i32,
): void {
  const bytes = (<usize>channels) << 2;
  const zero = f32x4.splat(0);
  for (let l = 0; l < lanes; l++) {
    const continues = l >= first && l < end;
    let x = gates;
    let to = states;
    let h = outputs;
    for (let p = 0; p < pictures; p++) {
      for (let r = 0; r < rangeCount; r++) {
        const at = <usize>load<i32>(ranges + ((<usize>r) << 3));
        const width = <usize>load<i32>(ranges + ((<usize>r) << 3), 4);
        const gate = at << 2;
        for (let i: usize = 0; i < width; i += 16) {
          const count = min(<i32>(width - i) >> 2, 4);
          let s = sums + gate + i;
          let a = x + gate + i;
          const o = f32x4.add(loadPart(s, count, 0), loadPart(a, count, 0));
          s += width;
          a += width;
          const f = f32x4.add(loadPart(s, count, 0), loadPart(a, count, 0));
          s += width;
          a += width;
          const n = f32x4.add(loadPart(s, count, 0), loadPart(a, count, 0));
          s += width;
          a += width;
          const g = f32x4.add(loadPart(s, count, 0), loadPart(a, count, 0));
          const own = to + at + i;
          const old = continues ? loadPart(own + bytes + before, count, 0) : zero;
          const c = f32x4.add(f32x4.mul(sigmoid4(f), old), gate4(g, n));
          const out = gate4(c, o);
          storePart(own, out, count);
          storePart(own + bytes, c, count);
          storePart(h + at + i, out, count);
        }
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
  end: i32,
  next: usize,
  channels: i32,
  ranges: usize,
  rangeCount: i32,
): void {
  const bytes = (<usize>channels) << 2;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let l = 0; l < lanes; l++) {
    const continues = l >= first && l < end;
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
        for (let i: usize = 0; i < width; i += 16) {
          const count = min(<i32>(width - i) >> 2, 4);
          const a = x + gate + i;
          const o = sigmoid4(loadPart(a, count, 0));
          const f = sigmoid4(loadPart(a + width, count, 0));
          const n = sigmoid4(loadPart(a + 2 * width, count, 0));
          const g = tanh4(loadPart(a + 3 * width, count, 0));
          const own = at + i;
          const old = continues ? loadPart(state + own + bytes + before, count, 0) : zero;
          const t = tanh4(loadPart(state + own + bytes, count, 0));
          const dh = f32x4.add(loadPart(dstate + own, count, 0), loadPart(dsums + own, count, 0));
          const dho = f32x4.mul(dh, o);
          let dc = f32x4.mul(dho, f32x4.sub(one, f32x4.mul(t, t)));
          const handed = loadPart(hand + own + next, count, 0);
          dc = f32x4.add(dc, f32x4.add(loadPart(dstate + own + bytes, count, 0), handed));
          storePart(hand + own, f32x4.mul(dc, f), count);
          const d = f32x4.mul(f32x4.mul(dho, t), f32x4.sub(one, o));
          const df = f32x4.mul(f32x4.mul(f32x4.mul(dc, f), old), f32x4.sub(one, f));
          const dcn = f32x4.mul(dc, n);
          const dn = f32x4.mul(f32x4.mul(dcn, g), f32x4.sub(one, n));
          const dg = f32x4.mul(dcn, f32x4.sub(one, f32x4.mul(g, g)));
          const to = da + gate + i;
          storePart(a, d, count);
          storePart(to, d, count);
          storePart(a + width, df, count);
          storePart(to + width, df, count);
          storePart(a + 2 * width, dn, count);
          storePart(to + 2 * width, dn, count);
          storePart(a + 3 * width, dg, count);
          storePart(to + 3 * width, dg, count);
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

/** Rows of `width` floats, so many bytes apart, one after another. */
export function gatherRows(from: usize, fromStep: usize, rows: i32, width: i32, to: usize): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, bytes);
    from += fromStep;
    to += bytes;
  }
}
