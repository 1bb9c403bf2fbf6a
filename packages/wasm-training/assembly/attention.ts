// What causal attention is made of, for a block of rows of weights: products with packed panels, and the softmax of rows of growing length.

import { ROUND, roundedQuotient } from '../../core/kernels/range-reduction';
import { madd, maxLanes, sumLanes } from './vector';

/**
 * A matrix as panels of 8 columns: [ceil(columns / 8)][depth][8], columns beyond the matrix's 0. Entry (k, n) lies k·depthStep + n·columnStep bytes
 * behind `from`.
 */
export function packColumns(
  from: usize,
  depth: i32,
  depthStep: usize,
  columns: i32,
  columnStep: usize,
  panels: usize,
): void {
  for (let first = 0; first < columns; first += 8) {
    const filled = min(columns - first, 8);
    let row = from + <usize>first * columnStep;
    for (let k = 0; k < depth; k++) {
      let at = row;
      let n = 0;
      for (; n < filled; n++) {
        store<f32>(panels + ((<usize>n) << 2), load<f32>(at));
        at += columnStep;
      }
      for (; n < 8; n++) store<f32>(panels + ((<usize>n) << 2), 0);
      row += depthStep;
      panels += 32;
    }
  }
}

/** Rows of `width` floats, each times its own factor. */
export function scaleRows(
  from: usize,
  fromStep: usize,
  rows: i32,
  width: i32,
  factors: usize,
  to: usize,
  toStep: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const factor = load<f32>(factors + ((<usize>row) << 2));
    for (let i = 0; i < width; i++) {
      const at = (<usize>i) << 2;
      store<f32>(to + at, load<f32>(from + at) * factor);
    }
    from += fromStep;
    to += toStep;
  }
}

/**
 * out[i, n] = Σ_k left[i, k] · right[k, n], or that added: a tile of 4 rows × 8 columns after another, as in `convolve`. Entry (i, k) of the left matrix lies
 * i·rowStep + k·depthStep bytes behind `left`; the right one is packed, its panels `panelStep` bytes apart, of which the first `depth` rows are read.
 * `rows` is rounded up to 4 and `columns` to 8: so much is read and written.
 */
export function multiplyPanels(
  left: usize,
  rowStep: usize,
  depthStep: usize,
  rows: i32,
  panels: usize,
  depth: i32,
  panelStep: usize,
  columns: i32,
  out: usize,
  outStep: usize,
  adds: bool,
): void {
  for (let column = 0; column < columns; column += 8) {
    let from = left;
    let to = out + ((<usize>column) << 2);
    for (let row = 0; row < rows; row += 4) {
      tile(from, rowStep, depthStep, panels, depth, to, outStep, adds);
      from += rowStep << 2;
      to += outStep << 2;
    }
    panels += panelStep;
  }
}

function tile(
  left: usize,
  rowStep: usize,
  depthStep: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outStep: usize,
  adds: bool,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let to = out;
  if (adds) {
    c00 = v128.load(to);
    c01 = v128.load(to, 16);
    to += outStep;
    c10 = v128.load(to);
    c11 = v128.load(to, 16);
    to += outStep;
    c20 = v128.load(to);
    c21 = v128.load(to, 16);
    to += outStep;
    c30 = v128.load(to);
    c31 = v128.load(to, 16);
    to = out;
  }
  let p0 = left;
  let p1 = p0 + rowStep;
  let p2 = p1 + rowStep;
  let p3 = p2 + rowStep;
  const stop = panel + ((<usize>depth) << 5);
  for (let b = panel; b < stop; b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(p0);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    s = v128.load32_splat(p1);
    c10 = madd(s, b0, c10);
    c11 = madd(s, b1, c11);
    s = v128.load32_splat(p2);
    c20 = madd(s, b0, c20);
    c21 = madd(s, b1, c21);
    s = v128.load32_splat(p3);
    c30 = madd(s, b0, c30);
    c31 = madd(s, b1, c31);
    p0 += depthStep;
    p1 += depthStep;
    p2 += depthStep;
    p3 += depthStep;
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += outStep;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += outStep;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += outStep;
  v128.store(to, c30);
  v128.store(to, c31, 16);
}

/**
 * e^x for x <= 0, of which a sum with e^0 is made: good to 1e-7 of that sum. ln 2 is taken off at once, and e^r is r's polynomial of degree 6 that errs
 * least for |r| <= ln 2 / 2; below 2^-126 it is 0, or next to it.
 */
// @ts-ignore: decorator
@inline
function power4(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-88)); // hands a NaN through
  const rounded = roundedQuotient(clamped);
  const r = madd(f32x4.sub(rounded, f32x4.splat(ROUND)), f32x4.splat(-0.6931471805599453), clamped);
  let p = f32x4.splat(1.3814559887687238e-3);
  p = madd(p, r, f32x4.splat(8.368735564203235e-3));
  p = madd(p, r, f32x4.splat(4.1668389858748475e-2));
  p = madd(p, r, f32x4.splat(1.6666520477725663e-1));
  p = madd(p, r, f32x4.splat(4.999999343742206e-1));
  p = madd(f32x4.mul(p, r), r, r);
  const scale = i32x4.shl(i32x4.add(rounded, i32x4.splat(127 - reinterpret<i32>(ROUND))), 23);
  return madd(p, scale, scale);
}

/**
 * Rows of scores s become e^(s − max), of which row i has its first `seen` + i; what is behind, up to `columns`, becomes 0. `inverses` gets 1 / Σ of
 * every row. Four vectors at once, so that the numbers of the polynomial are at hand for all: rows have room for 16 floats more, and start on 16 bytes.
 */
export function causalPowers(
  scores: usize,
  rowStep: usize,
  rows: i32,
  seen: i32,
  columns: i32,
  inverses: usize,
): void {
  const never = f32x4.splat(-Infinity);
  for (let row = 0; row < rows; row++) {
    const behind = scores + ((<usize>(seen + row)) << 2);
    v128.store(behind, never);
    v128.store(behind, never, 16);
    v128.store(behind, never, 32);
    v128.store(behind, never, 48);
    let largest = never;
    let other = never;
    for (let at = scores; at < behind; at += 32) {
      largest = f32x4.max(largest, v128.load(at));
      other = f32x4.max(other, v128.load(at, 16));
    }
    const most = f32x4.splat(maxLanes(f32x4.max(largest, other)));
    let sum = f32x4.splat(0);
    for (let at = scores; at < behind; at += 64) {
      const a = power4(f32x4.sub(v128.load(at), most));
      const b = power4(f32x4.sub(v128.load(at, 16), most));
      const c = power4(f32x4.sub(v128.load(at, 32), most));
      const d = power4(f32x4.sub(v128.load(at, 48), most));
      v128.store(at, a);
      v128.store(at, b, 16);
      v128.store(at, c, 32);
      v128.store(at, d, 48);
      sum = f32x4.add(sum, f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
    }
    store<f32>(inverses + ((<usize>row) << 2), <f32>1 / sumLanes(sum));
    const end = scores + ((<usize>columns) << 2);
    if (behind < end) memory.fill(behind, 0, end - behind);
    scores += rowStep;
  }
}

/**
 * The softmax's gradient: with weights P = powers / Σ, and slopes d as they are for P, divided by Σ too, d becomes powers∘(d − Σ powers∘d / Σ).
 */
export function softmaxGradients(
  powers: usize,
  slopes: usize,
  rowStep: usize,
  rows: i32,
  columns: i32,
  inverses: usize,
): void {
  const bytes = (<usize>columns) << 2;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      sum = madd(v128.load(powers + i), v128.load(slopes + i), sum);
    }
    const mean = f32x4.splat(sumLanes(sum) * load<f32>(inverses + ((<usize>row) << 2)));
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(slopes + i, f32x4.mul(v128.load(powers + i), f32x4.sub(v128.load(slopes + i), mean)));
    }
    powers += rowStep;
    slopes += rowStep;
  }
}
