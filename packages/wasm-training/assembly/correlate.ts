// sums[t, c, o] += Σ_n x[position n + tap t, c] · dy[n, o]: the filter gradient of one picture.
//
// A tile is 4 input channels × 8 output channels, kept in 8 registers while positions pass: four x values, each
// spread over a vector, and two dy vectors give 8 multiply-adds. Positions come in blocks whose x and dy fit the first-level
// cache; a block's sum is added to memory, so long sums are also more accurate than one running sum.

import { madd } from './vector';

/** Bytes of x and dy that a block of positions may touch. */
const BLOCK_BYTES = 24576;

/**
 * `source`, `taps`, `depth` and the steps as in `convolve`; `gradient` is dy with `outs` floats per position and `sums`
 * [taps][depth][outs]. `depth` and `outs` are multiples of 4.
 */
export function correlate(
  source: usize,
  taps: usize,
  tapCount: i32,
  depth: i32,
  rows: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
  gradient: usize,
  outs: i32,
  sums: usize,
): void {
  const positions = max(BLOCK_BYTES / ((depth + outs) << 2), 16);
  const blockColumns = min(columns, positions);
  const blockRows = max(positions / blockColumns, 1);
  const outBytes = (<usize>outs) << 2;
  for (let row = 0; row < rows; row += blockRows) {
    const rowCount = min(blockRows, rows - row);
    for (let column = 0; column < columns; column += blockColumns) {
      const columnCount = min(blockColumns, columns - column);
      const from = source + <usize>row * rowStep + <usize>column * columnStep;
      const dy = gradient + <usize>(row * columns + column) * outBytes;
      let to = sums;
      for (let t = 0; t < tapCount; t++) {
        const x = from + <usize>load<i32>(taps + ((<usize>t) << 2));
        for (let c = 0; c < depth; c += 4) {
          const xc = x + ((<usize>c) << 2);
          let o = 0;
          for (; o + 8 <= outs; o += 8) {
            const at = (<usize>o) << 2;
            tile8(xc, dy + at, to + at, rowCount, columnCount, rowStep, columnStep, <usize>columns * outBytes, outBytes);
          }
          if (o < outs) {
            const at = (<usize>o) << 2;
            tile4(xc, dy + at, to + at, rowCount, columnCount, rowStep, columnStep, <usize>columns * outBytes, outBytes);
          }
          to += outBytes << 2;
        }
      }
    }
  }
}

function tile8(
  x: usize,
  dy: usize,
  to: usize,
  rows: i32,
  columns: i32,
  xRowStep: usize,
  xStep: usize,
  dyRowStep: usize,
  dyStep: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let row = 0; row < rows; row++) {
    let p = x;
    let q = dy;
    const stop = dy + <usize>columns * dyStep;
    while (q < stop) {
      const b0 = v128.load(q);
      const b1 = v128.load(q, 16);
      let s = v128.load32_splat(p);
      c00 = madd(s, b0, c00);
      c01 = madd(s, b1, c01);
      s = v128.load32_splat(p, 4);
      c10 = madd(s, b0, c10);
      c11 = madd(s, b1, c11);
      s = v128.load32_splat(p, 8);
      c20 = madd(s, b0, c20);
      c21 = madd(s, b1, c21);
      s = v128.load32_splat(p, 12);
      c30 = madd(s, b0, c30);
      c31 = madd(s, b1, c31);
      p += xStep;
      q += dyStep;
    }
    x += xRowStep;
    dy += dyRowStep;
  }
  add(to, c00, c01);
  add(to + dyStep, c10, c11);
  add(to + 2 * dyStep, c20, c21);
  add(to + 3 * dyStep, c30, c31);
}

// @ts-ignore: decorator
@inline
function add(to: usize, low: v128, high: v128): void {
  v128.store(to, f32x4.add(v128.load(to), low));
  v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
}

/** The same for a last group of 4 output channels. */
function tile4(
  x: usize,
  dy: usize,
  to: usize,
  rows: i32,
  columns: i32,
  xRowStep: usize,
  xStep: usize,
  dyRowStep: usize,
  dyStep: usize,
): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  for (let row = 0; row < rows; row++) {
    let p = x;
    let q = dy;
    const stop = dy + <usize>columns * dyStep;
    while (q < stop) {
      const b = v128.load(q);
      c0 = madd(v128.load32_splat(p), b, c0);
      c1 = madd(v128.load32_splat(p, 4), b, c1);
      c2 = madd(v128.load32_splat(p, 8), b, c2);
      c3 = madd(v128.load32_splat(p, 12), b, c3);
      p += xStep;
      q += dyStep;
    }
    x += xRowStep;
    dy += dyRowStep;
  }
  v128.store(to, f32x4.add(v128.load(to), c0));
  v128.store(to + dyStep, f32x4.add(v128.load(to + dyStep), c1));
  v128.store(to + 2 * dyStep, f32x4.add(v128.load(to + 2 * dyStep), c2));
  v128.store(to + 3 * dyStep, f32x4.add(v128.load(to + 3 * dyStep), c3));
}
