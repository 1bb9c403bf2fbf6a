// A 4 × 8 register tile of a matrix product, both operands packed and in the first-level cache: the practical ceiling
// that measurements of the other kernels are shares of. Unrolled by hand it is a third slower in V8.

import { madd } from './vector';

/** Adds left[depth][4]ᵀ · right[depth][8] to out[4][8], `repeats` times. 64 · depth · repeats floating-point operations. */
export function matrixPeak(left: usize, right: usize, depth: i32, repeats: i32, out: usize): void {
  let c00 = v128.load(out);
  let c01 = v128.load(out, 16);
  let c10 = v128.load(out, 32);
  let c11 = v128.load(out, 48);
  let c20 = v128.load(out, 64);
  let c21 = v128.load(out, 80);
  let c30 = v128.load(out, 96);
  let c31 = v128.load(out, 112);
  const stop = left + ((<usize>depth) << 4);
  for (let repeat = 0; repeat < repeats; repeat++) {
    let a = left;
    let b = right;
    while (a < stop) {
      const w0 = v128.load(b);
      const w1 = v128.load(b, 16);
      let s = v128.load32_splat(a);
      c00 = madd(s, w0, c00);
      c01 = madd(s, w1, c01);
      s = v128.load32_splat(a, 4);
      c10 = madd(s, w0, c10);
      c11 = madd(s, w1, c11);
      s = v128.load32_splat(a, 8);
      c20 = madd(s, w0, c20);
      c21 = madd(s, w1, c21);
      s = v128.load32_splat(a, 12);
      c30 = madd(s, w0, c30);
      c31 = madd(s, w1, c31);
      a += 16;
      b += 32;
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
