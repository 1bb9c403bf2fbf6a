// y[n, o] = bias[o] + addend[n, o] + Σ_t Σ_c x[position n + tap t, c] · w[t, c, o], from packed panels (see packPanels).
//
// A tile is 4 positions × 8 output channels, kept in 8 registers. For one input channel at a time, every position's
// value is spread over a vector and meets two weight vectors: 6 loads for 8 multiply-adds. Not unrolled by hand: V8
// then runs short of registers, and the loop is a third slower.
//
// Positions may be any 4: a tile that runs past the last position repeats it, and writes the same values twice.
//
// One file although long: the tiles below are one loop at several sizes, each written out so that its sums stay in registers.

import { loadPart, madd, storePart } from './vector';

/** Positions whose inputs should stay in the second-level cache while all panels pass over them. */
const BLOCK = 512;

/**
 * `source` is the first position's cell for a tap at byte distance 0; `taps` holds one i32 byte distance a tap;
 * `depth` is the floats read a tap. `bias` holds one float an output channel, rounded up to 8; `addend` lies as `out` and is read if `hasAddend`.
 */
export function convolve(
  source: usize,
  taps: usize,
  tapCount: i32,
  depth: i32,
  rows: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
  panels: usize,
  bias: usize,
  addend: usize,
  hasAddend: bool,
  out: usize,
  outs: i32,
): void {
  const total = rows * columns;
  for (let start = 0; start < total; start += BLOCK) {
    const end = min(total, start + BLOCK);
    let panel = panels;
    for (let first = 0; first < outs; first += 8) {
      const channel = (<usize>first) << 2;
      if (outs - first > 4) {
        strip8(
          source, taps, tapCount, depth, columns, rowStep, columnStep,
          start, end, panel, bias + channel, addend + channel, hasAddend, out + channel, outs, min(outs - first, 8),
        );
        panel += (<usize>(tapCount * depth)) << 5;
      } else {
        strip4(
          source, taps, tapCount, depth, columns, rowStep, columnStep,
          start, end, panel, bias + channel, addend + channel, hasAddend, out + channel, outs, outs - first,
        );
      }
    }
  }
}

function strip8(
  source: usize,
  taps: usize,
  tapCount: i32,
  depth: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
  start: i32,
  end: i32,
  panel: usize,
  bias: usize,
  addend: usize,
  hasAddend: bool,
  out: usize,
  outs: i32,
  width: i32,
): void {
  const last = end - 1;
  const outStep = (<usize>outs) << 2;
  const tapsEnd = taps + ((<usize>tapCount) << 2);
  const depthBytes = (<usize>depth) << 2;
  const bias0 = v128.load(bias);
  const bias1 = v128.load(bias, 16);
  const skip = rowStep - <usize>(columns - 1) * columnStep;
  let column = start % columns;
  let cursor = source + <usize>(start / columns) * rowStep + <usize>column * columnStep;
  for (let n = start; n < end; n += 4) {
    const a0 = cursor;
    if (n < last) {
      if (++column == columns) {
        column = 0;
        cursor += skip;
      } else cursor += columnStep;
    }
    const a1 = cursor;
    if (n + 1 < last) {
      if (++column == columns) {
        column = 0;
        cursor += skip;
      } else cursor += columnStep;
    }
    const a2 = cursor;
    if (n + 2 < last) {
      if (++column == columns) {
        column = 0;
        cursor += skip;
      } else cursor += columnStep;
    }
    const a3 = cursor;
    if (++column == columns) {
      column = 0;
      cursor += skip;
    } else cursor += columnStep;

    let c00 = bias0;
    let c01 = bias1;
    let c10 = bias0;
    let c11 = bias1;
    let c20 = bias0;
    let c21 = bias1;
    let c30 = bias0;
    let c31 = bias1;
    if (hasAddend) {
      const z0 = addend + <usize>n * outStep;
      const z1 = addend + <usize>min(n + 1, last) * outStep;
      const z2 = addend + <usize>min(n + 2, last) * outStep;
      const z3 = addend + <usize>min(n + 3, last) * outStep;
      c00 = f32x4.add(c00, v128.load(z0));
      c01 = f32x4.add(c01, loadPart(z0 + 16, width - 4, 0));
      c10 = f32x4.add(c10, v128.load(z1));
      c11 = f32x4.add(c11, loadPart(z1 + 16, width - 4, 0));
      c20 = f32x4.add(c20, v128.load(z2));
      c21 = f32x4.add(c21, loadPart(z2 + 16, width - 4, 0));
      c30 = f32x4.add(c30, v128.load(z3));
      c31 = f32x4.add(c31, loadPart(z3 + 16, width - 4, 0));
    }
    let w = panel;
    for (let tap = taps; tap < tapsEnd; tap += 4) {
      const distance = <usize>load<i32>(tap);
      let p0 = a0 + distance;
      let p1 = a1 + distance;
      let p2 = a2 + distance;
      let p3 = a3 + distance;
      const stop = p0 + depthBytes;
      while (p0 < stop) {
        const w0 = v128.load(w);
        const w1 = v128.load(w, 16);
        let s = v128.load32_splat(p0);
        c00 = madd(s, w0, c00);
        c01 = madd(s, w1, c01);
        s = v128.load32_splat(p1);
        c10 = madd(s, w0, c10);
        c11 = madd(s, w1, c11);
        s = v128.load32_splat(p2);
        c20 = madd(s, w0, c20);
        c21 = madd(s, w1, c21);
        s = v128.load32_splat(p3);
        c30 = madd(s, w0, c30);
        c31 = madd(s, w1, c31);
        p0 += 4;
        p1 += 4;
        p2 += 4;
        p3 += 4;
        w += 32;
      }
    }

    const y0 = out + <usize>n * outStep;
    const y1 = out + <usize>min(n + 1, last) * outStep;
    const y2 = out + <usize>min(n + 2, last) * outStep;
    const y3 = out + <usize>min(n + 3, last) * outStep;
    if (width == 8) {
      v128.store(y0, c00);
      v128.store(y0, c01, 16);
      v128.store(y1, c10);
      v128.store(y1, c11, 16);
      v128.store(y2, c20);
      v128.store(y2, c21, 16);
      v128.store(y3, c30);
      v128.store(y3, c31, 16);
    } else {
      v128.store(y0, c00);
      storePart(y0 + 16, c01, width - 4);
      v128.store(y1, c10);
      storePart(y1 + 16, c11, width - 4);
      v128.store(y2, c20);
      storePart(y2 + 16, c21, width - 4);
      v128.store(y3, c30);
      storePart(y3 + 16, c31, width - 4);
    }
  }
}

/** The same for a last panel of at most 4 channels. */
function strip4(
  source: usize,
  taps: usize,
  tapCount: i32,
  depth: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
  start: i32,
  end: i32,
  panel: usize,
  bias: usize,
  addend: usize,
  hasAddend: bool,
  out: usize,
  outs: i32,
  width: i32,
): void {
  const last = end - 1;
  const outStep = (<usize>outs) << 2;
  const tapsEnd = taps + ((<usize>tapCount) << 2);
  const depthBytes = (<usize>depth) << 2;
  const start4 = v128.load(bias);
  const skip = rowStep - <usize>(columns - 1) * columnStep;
  let column = start % columns;
  let cursor = source + <usize>(start / columns) * rowStep + <usize>column * columnStep;
  for (let n = start; n < end; n += 4) {
    const a0 = cursor;
    if (n < last) {
      if (++column == columns) {
        column = 0;
        cursor += skip;
      } else cursor += columnStep;
    }
    const a1 = cursor;
    if (n + 1 < last) {
      if (++column == columns) {
        column = 0;
        cursor += skip;
      } else cursor += columnStep;
    }
    const a2 = cursor;
    if (n + 2 < last) {
      if (++column == columns) {
        column = 0;
        cursor += skip;
      } else cursor += columnStep;
    }
    const a3 = cursor;
    if (++column == columns) {
      column = 0;
      cursor += skip;
    } else cursor += columnStep;

    let c0 = start4;
    let c1 = start4;
    let c2 = start4;
    let c3 = start4;
    if (hasAddend) {
      c0 = f32x4.add(c0, loadPart(addend + <usize>n * outStep, width, 0));
      c1 = f32x4.add(c1, loadPart(addend + <usize>min(n + 1, last) * outStep, width, 0));
      c2 = f32x4.add(c2, loadPart(addend + <usize>min(n + 2, last) * outStep, width, 0));
      c3 = f32x4.add(c3, loadPart(addend + <usize>min(n + 3, last) * outStep, width, 0));
    }
    let w = panel;
    for (let tap = taps; tap < tapsEnd; tap += 4) {
      const distance = <usize>load<i32>(tap);
      let p0 = a0 + distance;
      let p1 = a1 + distance;
      let p2 = a2 + distance;
      let p3 = a3 + distance;
      const stop = p0 + depthBytes;
      while (p0 < stop) {
        const w0 = v128.load(w);
        c0 = madd(v128.load32_splat(p0), w0, c0);
        c1 = madd(v128.load32_splat(p1), w0, c1);
        c2 = madd(v128.load32_splat(p2), w0, c2);
        c3 = madd(v128.load32_splat(p3), w0, c3);
        p0 += 4;
        p1 += 4;
        p2 += 4;
        p3 += 4;
        w += 16;
      }
    }
    storePart(out + <usize>n * outStep, c0, width);
    storePart(out + <usize>min(n + 1, last) * outStep, c1, width);
    storePart(out + <usize>min(n + 2, last) * outStep, c2, width);
    storePart(out + <usize>min(n + 3, last) * outStep, c3, width);
  }
}
