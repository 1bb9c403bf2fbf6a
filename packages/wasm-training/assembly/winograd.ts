// Three taps of a row, d columns apart, as four products for two positions instead of six: F(2,3) of minimal filtering.
//
//     v = (x₋₁ − x₁, x₀ + x₁, x₁ − x₀, x₂ − x₀)        u = (g₀, (g₀ + g₁ + g₂)/2, (g₀ − g₁ + g₂)/2, g₂)
//     y₀ = v₀u₀ + v₁u₁ + v₂u₂         y₁ = v₁u₁ − v₂u₂ + v₃u₃
//
// where x₋₁ … x₂ are the cells d columns apart around a position and its partner d columns to the right. The products are summed over
// channels and rows of taps before y₀ and y₁ are made of them. Transposed it gives the filter's gradient: of u it is Σ v·e with
// e = (y'₀, y'₀ + y'₁, y'₀ − y'₁, y'₁), and g's follows from it. Each y reads the three cells that its taps see and no others, so what
// is causal stays so to the last bit.
//
// Winograd 1980, Arithmetic complexity of computations; Lavin & Gray 2016, arXiv:1509.09308, section 4.1. F(2,3) alone: longer ones
// save more but read cells that their taps do not see, and their constants cost accuracy.
//
// One file although long: both ways of the transformation stand beside the products between them, which share their layout.
//
// A pair is a position and its partner. `pairs` holds two i32 a pair of a row: the bytes from the row's first column to the first and the
// second position's column of y, the latter −1 where it lies beyond the row. What belongs to v₀ … v₃ (u, e) lies in four planes.

import { madd } from './vector';

/** Pairs whose v should stay in the first-level cache while all panels pass over them. */
const BLOCK = 32;

/**
 * v of one picture: planes [rows][pairs][channels]. `columns` is the picture's, `zeros` a cell of zeros; `channels` is a multiple of 4.
 */
export function pairInputs(
  picture: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  dilation: i32,
  pairCount: i32,
  zeros: usize,
  planes: usize,
  planeBytes: usize,
): void {
  const cell = (<usize>channels) << 2;
  const second = 2 * planeBytes;
  const third = 3 * planeBytes;
  let to = planes;
  for (let row = 0; row < rows; row++) {
    for (let pair = 0; pair < pairCount; pair++) {
      const column = (pair / dilation) * 2 * dilation + (pair % dilation);
      const at = picture + <usize>column * cell;
      const apart = <usize>dilation * cell;
      let p0 = column >= dilation ? at - apart : zeros;
      let p1 = at;
      let p2 = column + dilation < columns ? at + apart : zeros;
      let p3 = column + 2 * dilation < columns ? at + 2 * apart : zeros;
      const end = to + cell;
      while (to < end) {
        const x0 = v128.load(p0);
        const x1 = v128.load(p1);
        const x2 = v128.load(p2);
        const x3 = v128.load(p3);
        v128.store(to, f32x4.sub(x0, x2));
        v128.store(to + planeBytes, f32x4.add(x1, x2));
        v128.store(to + second, f32x4.sub(x2, x1));
        v128.store(to + third, f32x4.sub(x3, x1));
        to += 16;
        p0 += 16;
        p1 += 16;
        p2 += 16;
        p3 += 16;
      }
    }
    picture += <usize>columns * cell;
  }
}

/** e of one picture's y': planes [rows][pairs][channels]. `channels` is a multiple of 4. */
export function pairGradients(
  gradient: usize,
  rows: i32,
  rowBytes: usize,
  channels: i32,
  pairs: usize,
  pairCount: i32,
  zeros: usize,
  planes: usize,
  planeBytes: usize,
): void {
  const cell = (<usize>channels) << 2;
  const second = 2 * planeBytes;
  const third = 3 * planeBytes;
  const pairsEnd = pairs + ((<usize>pairCount) << 3);
  let to = planes;
  for (let row = 0; row < rows; row++) {
    for (let pair = pairs; pair < pairsEnd; pair += 8) {
      const partner = load<i32>(pair, 4);
      let p0 = gradient + <usize>load<i32>(pair);
      let p1 = partner < 0 ? zeros : gradient + <usize>partner;
      const end = to + cell;
      while (to < end) {
        const y0 = v128.load(p0);
        const y1 = v128.load(p1);
        v128.store(to, y0);
        v128.store(to + planeBytes, f32x4.add(y0, y1));
        v128.store(to + second, f32x4.sub(y0, y1));
        v128.store(to + third, y1);
        to += 16;
        p0 += 16;
        p1 += 16;
      }
    }
    gradient += rowBytes;
  }
}

/**
 * u as panels of 8 output channels, [ceil(outs / 8)][tap rows · ins][8] in every plane; channels beyond the filter's are 0. `taps` holds three i32 a
 * row of taps: the byte distances of their matrices, whose entries lie as `packPanels` says.
 */
export function pairFilters(
  filter: usize,
  taps: usize,
  tapRows: i32,
  ins: i32,
  rowStep: usize,
  outs: i32,
  channelStep: usize,
  panels: usize,
  planeBytes: usize,
): void {
  const panelBytes = (<usize>(tapRows * ins)) << 5;
  memory.fill(panels, 0, planeBytes << 2);
  for (let row = 0; row < tapRows; row++) {
    let left = filter + <usize>load<i32>(taps);
    let middle = filter + <usize>load<i32>(taps, 4);
    let right = filter + <usize>load<i32>(taps, 8);
    for (let k = 0; k < ins; k++) {
      const from = (<usize>(row * ins + k)) << 5;
      for (let o = 0; o < outs; o++) {
        const at = <usize>o * channelStep;
        const g0 = load<f32>(left + at);
        const g1 = load<f32>(middle + at);
        const g2 = load<f32>(right + at);
        const outer = (g0 + g2) * 0.5;
        const inner = g1 * 0.5;
        const to = panels + <usize>(o >> 3) * panelBytes + from + ((<usize>(o & 7)) << 2);
        store<f32>(to, g0);
        store<f32>(to + planeBytes, outer + inner);
        store<f32>(to + 2 * planeBytes, outer - inner);
        store<f32>(to + 3 * planeBytes, g2);
      }
      left += rowStep;
      middle += rowStep;
      right += rowStep;
    }
    taps += 12;
  }
}

/** g's gradient from u's: planes [tap rows][size] → the three matrices of `size` floats at every row's `taps`. `size` is a multiple of 4. */
export function pairFilterGradients(
  planes: usize,
  planeBytes: usize,
  taps: usize,
  tapRows: i32,
  size: i32,
  gradient: usize,
): void {
  const half = f32x4.splat(0.5);
  const second = 2 * planeBytes;
  const third = 3 * planeBytes;
  let from = planes;
  for (let row = 0; row < tapRows; row++) {
    let left = gradient + <usize>load<i32>(taps);
    let middle = gradient + <usize>load<i32>(taps, 4);
    let right = gradient + <usize>load<i32>(taps, 8);
    const end = from + ((<usize>size) << 2);
    while (from < end) {
      const u1 = v128.load(from + planeBytes);
      const u2 = v128.load(from + second);
      const outer = f32x4.mul(f32x4.add(u1, u2), half);
      v128.store(left, f32x4.add(v128.load(from), outer));
      v128.store(middle, f32x4.mul(f32x4.sub(u1, u2), half));
      v128.store(right, f32x4.add(v128.load(from + third), outer));
      from += 16;
      left += 16;
      middle += 16;
      right += 16;
    }
    taps += 12;
  }
}

/**
 * y of one picture. `planes` are v's, [frame rows][pairs][depth], the first frame row that of the topmost taps; `tapRows` holds one i32 a row of taps, its
 * byte distance from that. `bias` and `addend` as in `convolve`; `products` is room for 128 floats. `outs` is a multiple of 4.
 */
export function convolvePairs(
  planes: usize,
  planeBytes: usize,
  tapRows: usize,
  tapRowCount: i32,
  depth: i32,
  rows: i32,
  pairs: usize,
  pairCount: i32,
  panels: usize,
  panelPlaneBytes: usize,
  bias: usize,
  addend: usize,
  hasAddend: bool,
  out: usize,
  outRowBytes: usize,
  outs: i32,
  products: usize,
): void {
  const total = rows * pairCount;
  const panelBytes = (<usize>(tapRowCount * depth)) << 5;
  for (let start = 0; start < total; start += BLOCK) {
    const end = min(total, start + BLOCK);
    let panel = panels;
    for (let first = 0; first < outs; first += 8) {
      const channel = (<usize>first) << 2;
      strip(
        planes, planeBytes, tapRows, tapRowCount, depth, start, end, pairs, pairCount,
        panel, panelPlaneBytes, bias + channel, addend - out, hasAddend, out + channel, outRowBytes, outs - first > 4,
        products,
      );
      panel += panelBytes;
    }
  }
}

/** 8 output channels (or 4: not `whole`) of the pairs from `start` to `end`. The tile is that of `convolve`, once a plane. */
function strip(
  planes: usize,
  planeBytes: usize,
  tapRows: usize,
  tapRowCount: i32,
  depth: i32,
  start: i32,
  end: i32,
  pairs: usize,
  pairCount: i32,
  panel: usize,
  panelPlaneBytes: usize,
  bias: usize,
  fromOut: usize,
  hasAddend: bool,
  out: usize,
  outRowBytes: usize,
  whole: bool,
  products: usize,
): void {
  const last = end - 1;
  const depthBytes = (<usize>depth) << 2;
  const rowsEnd = tapRows + ((<usize>tapRowCount) << 2);
  const panelStep = panelPlaneBytes - <usize>tapRowCount * (depthBytes << 3);
  const productsEnd = products + 512;
  const bias0 = v128.load(bias);
  const bias1 = v128.load(bias, 16);
  let pair = start % pairCount;
  let outRow = out + <usize>(start / pairCount) * outRowBytes;
  for (let n = start; n < end; n += 4) {
    let a0 = planes + <usize>n * depthBytes;
    let a1 = planes + <usize>min(n + 1, last) * depthBytes;
    let a2 = planes + <usize>min(n + 2, last) * depthBytes;
    let a3 = planes + <usize>min(n + 3, last) * depthBytes;
    let w = panel;
    for (let to = products; to < productsEnd; to += 128) {
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      for (let row = tapRows; row < rowsEnd; row += 4) {
        const distance = <usize>load<i32>(row);
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
      v128.store(to, c00);
      v128.store(to, c01, 16);
      v128.store(to, c10, 32);
      v128.store(to, c11, 48);
      v128.store(to, c20, 64);
      v128.store(to, c21, 80);
      v128.store(to, c30, 96);
      v128.store(to, c31, 112);
      a0 += planeBytes;
      a1 += planeBytes;
      a2 += planeBytes;
      a3 += planeBytes;
      w += panelStep;
    }
    const stop = products + ((<usize>min(4, end - n)) << 5);
    for (let from = products; from < stop; from += 32) {
      const columns = pairs + ((<usize>pair) << 3);
      const partner = load<i32>(columns, 4);
      const y0 = outRow + <usize>load<i32>(columns);
      const y1 = outRow + <usize>partner;
      join(y0, y1, partner >= 0, from, bias0, fromOut, hasAddend);
      if (whole) join(y0 + 16, y1 + 16, partner >= 0, from + 16, bias1, fromOut, hasAddend);
      if (++pair == pairCount) {
        pair = 0;
        outRow += outRowBytes;
      }
    }
  }
}

/** Four channels of a pair: its products, the bias, and the addend, which lies `fromOut` bytes from y. */
// @ts-ignore: decorator
@inline
function join(
  y0: usize,
  y1: usize,
  hasPartner: bool,
  from: usize,
  bias: v128,
  fromOut: usize,
  hasAddend: bool,
): void {
  const m1 = v128.load(from, 128);
  const m2 = v128.load(from, 256);
  let sum = f32x4.add(f32x4.add(f32x4.add(m1, m2), v128.load(from)), bias);
  if (hasAddend) sum = f32x4.add(sum, v128.load(y0 + fromOut));
  v128.store(y0, sum);
  if (!hasPartner) return;
  sum = f32x4.add(f32x4.add(f32x4.sub(m1, m2), v128.load(from, 384)), bias);
  if (hasAddend) sum = f32x4.add(sum, v128.load(y1 + fromOut));
  v128.store(y1, sum);
}
