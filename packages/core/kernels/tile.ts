// A tile of a sum: 4 lanes × 8 output channels in 8 registers. Lanes are 4 pictures at one position, or 4 neighbouring
// positions of one picture; either way one load brings the left operand of all four.
//
//     out[lane][o] = bias[o] + Σ_runs Σ_k source[run][k][lane] · panel[run][k][o]
//
// A *run* is a stretch of inputs at equal distances, resolved for the current row (see sum.ts):
//
//     offset from the block's base · bytes from tile to tile · bytes from input to input · offset in the panel · length

import { Activation, activate, eitherElu4, eluBy, eluOfNegativeBy } from "./activations";
import { highHalves, interleaveHigh, interleaveLow, lowHalves, madd, spread0, spread1, spread2, spread3 } from "./vector";

/** Bytes of a resolved run. */
// @ts-ignore: decorator
@inline
export const RUN: usize = 20;

/** Bytes of a resolved addend: offset from the block's base · bytes from tile to tile · bytes from channel to channel. */
// @ts-ignore: decorator
@inline
export const ADDEND: usize = 12;

/** Leaves the tile in `out`, [4 lanes][8 channels]. */
export function multiplyTile(
  base: usize,
  tile: i32,
  runs: usize,
  runsEnd: usize,
  panel: usize,
  bias: usize,
  out: usize,
): void {
  const bias0 = v128.load(bias);
  const bias1 = v128.load(bias, 16);
  let c00 = bias0;
  let c01 = bias1;
  let c10 = bias0;
  let c11 = bias1;
  let c20 = bias0;
  let c21 = bias1;
  let c30 = bias0;
  let c31 = bias1;
  for (let run = runs; run < runsEnd; run += RUN) {
    let a = base + load<usize>(run) + <usize>tile * load<usize>(run, 4);
    const stride = load<usize>(run, 8);
    let w = panel + load<usize>(run, 12);
    const stop = w + (load<usize>(run, 16) << 5);
    while (w < stop) {
      const x = v128.load(a);
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      let s = spread0(x);
      c00 = madd(s, w0, c00);
      c01 = madd(s, w1, c01);
      s = spread1(x);
      c10 = madd(s, w0, c10);
      c11 = madd(s, w1, c11);
      s = spread2(x);
      c20 = madd(s, w0, c20);
      c21 = madd(s, w1, c21);
      s = spread3(x);
      c30 = madd(s, w0, c30);
      c31 = madd(s, w1, c31);
      a += stride;
      w += 32;
    }
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  v128.store(out, c10, 32);
  v128.store(out, c11, 48);
  v128.store(out, c20, 64);
  v128.store(out, c21, 80);
  v128.store(out, c30, 96);
  v128.store(out, c31, 112);
}

/**
 * Turns the tile to [8 channels][4 lanes], adds the addends at channel `first`, activates, clears the lanes that `mask`
 * leaves out (positions beyond the row, which must stay 0) and stores the first `width` channels. A concat-ELU is stored as it came, for
 * {@link splitElus}.
 */
export function finishTile(
  base: usize,
  tile: i32,
  product: usize,
  addends: usize,
  addendsEnd: usize,
  first: i32,
  activation: i32,
  mask: v128,
  target: usize,
  targetChannel: usize,
  width: i32,
): void {
  let a = v128.load(product);
  let b = v128.load(product, 32);
  let c = v128.load(product, 64);
  let d = v128.load(product, 96);
  let ab = interleaveLow(a, b);
  let cd = interleaveLow(c, d);
  let r0 = lowHalves(ab, cd);
  let r1 = highHalves(ab, cd);
  ab = interleaveHigh(a, b);
  cd = interleaveHigh(c, d);
  let r2 = lowHalves(ab, cd);
  let r3 = highHalves(ab, cd);
  a = v128.load(product, 16);
  b = v128.load(product, 48);
  c = v128.load(product, 80);
  d = v128.load(product, 112);
  ab = interleaveLow(a, b);
  cd = interleaveLow(c, d);
  let r4 = lowHalves(ab, cd);
  let r5 = highHalves(ab, cd);
  ab = interleaveHigh(a, b);
  cd = interleaveHigh(c, d);
  let r6 = lowHalves(ab, cd);
  let r7 = highHalves(ab, cd);
  for (let addend = addends; addend < addendsEnd; addend += ADDEND) {
    const channel = load<usize>(addend, 8);
    let from = base + load<usize>(addend) + <usize>tile * load<usize>(addend, 4) + <usize>first * channel;
    r0 = f32x4.add(r0, v128.load(from));
    r1 = f32x4.add(r1, v128.load((from += channel)));
    r2 = f32x4.add(r2, v128.load((from += channel)));
    r3 = f32x4.add(r3, v128.load((from += channel)));
    r4 = f32x4.add(r4, v128.load((from += channel)));
    r5 = f32x4.add(r5, v128.load((from += channel)));
    r6 = f32x4.add(r6, v128.load((from += channel)));
    r7 = f32x4.add(r7, v128.load((from += channel)));
  }
  if (activation != Activation.none && activation != Activation.concatElu) {
    r0 = activate(r0, activation);
    r1 = activate(r1, activation);
    r2 = activate(r2, activation);
    r3 = activate(r3, activation);
    r4 = activate(r4, activation);
    r5 = activate(r5, activation);
    r6 = activate(r6, activation);
    r7 = activate(r7, activation);
  }
  let to = target;
  v128.store(to, v128.and(r0, mask));
  if (width < 2) return;
  v128.store((to += targetChannel), v128.and(r1, mask));
  if (width < 3) return;
  v128.store((to += targetChannel), v128.and(r2, mask));
  if (width < 4) return;
  v128.store((to += targetChannel), v128.and(r3, mask));
  if (width < 5) return;
  v128.store((to += targetChannel), v128.and(r4, mask));
  if (width < 6) return;
  v128.store((to += targetChannel), v128.and(r5, mask));
  if (width < 7) return;
  v128.store((to += targetChannel), v128.and(r6, mask));
  if (width < 8) return;
  v128.store(to + targetChannel, v128.and(r7, mask));
}

/** Turns `width` channels x at `at` into elu(x), and writes elu(-x) `apart` bytes on. Lanes of 0 stay 0. */
export function splitElus(at: usize, channel: usize, apart: usize, width: i32): void {
  let to = at;
  for (let f = 0; f < width; f++) {
    const x = v128.load(to);
    const either = eitherElu4(x);
    v128.store(to, eluBy(x, either));
    v128.store(to + apart, eluOfNegativeBy(x, either));
    to += channel;
  }
}

/** What is left of a tile without a run: bias and addends, stored as by {@link finishTile}. */
export function addTile(
  base: usize,
  tile: i32,
  bias: usize,
  addends: usize,
  addendsEnd: usize,
  first: i32,
  activation: i32,
  mask: v128,
  target: usize,
  targetChannel: usize,
  width: i32,
): void {
  let to = target;
  for (let f = 0; f < width; f++) {
    let x = v128.load32_splat(bias + (<usize>f << 2));
    for (let addend = addends; addend < addendsEnd; addend += ADDEND) {
      const place = load<usize>(addend) + <usize>tile * load<usize>(addend, 4);
      x = f32x4.add(x, v128.load(base + place + <usize>(first + f) * load<usize>(addend, 8)));
    }
    if (activation != Activation.concatElu) x = activate(x, activation);
    v128.store(to, v128.and(x, mask));
    to += targetChannel;
  }
}
