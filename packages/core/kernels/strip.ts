// A sum at one position of one picture: a vector times a matrix, bound by how fast weights arrive. Four panels (32 output
// channels) at a time keep eight additions in flight. Runs are those of tile.ts, with single floats where that has four
// lanes, and inputs are added in the same order: a picture is the same, bit for bit, alone and among others.

import { RUN } from "./tile";
import { madd } from "./vector";

/**
 * Leaves bias + Σ source·weight of 32 channels in `out`. The second to fourth panel lie at these distances from the first;
 * where fewer are left, distances repeat and so do results that nobody reads.
 */
export function multiplyStrip32(
  base: usize,
  runs: usize,
  runsEnd: usize,
  panel: usize,
  panel1: usize,
  panel2: usize,
  panel3: usize,
  bias: usize,
  out: usize,
): void {
  let c0 = v128.load(bias);
  let c1 = v128.load(bias, 16);
  let c2 = v128.load(bias, 32);
  let c3 = v128.load(bias, 48);
  let c4 = v128.load(bias, 64);
  let c5 = v128.load(bias, 80);
  let c6 = v128.load(bias, 96);
  let c7 = v128.load(bias, 112);
  for (let run = runs; run < runsEnd; run += RUN) {
    let a = base + load<usize>(run);
    const stride = load<usize>(run, 8);
    let w = panel + load<usize>(run, 12);
    const stop = w + (load<usize>(run, 16) << 5);
    while (w < stop) {
      const s = v128.load32_splat(a);
      c0 = madd(s, v128.load(w), c0);
      c1 = madd(s, v128.load(w, 16), c1);
      c2 = madd(s, v128.load(w + panel1), c2);
      c3 = madd(s, v128.load(w + panel1, 16), c3);
      c4 = madd(s, v128.load(w + panel2), c4);
      c5 = madd(s, v128.load(w + panel2, 16), c5);
      c6 = madd(s, v128.load(w + panel3), c6);
      c7 = madd(s, v128.load(w + panel3, 16), c7);
      a += stride;
      w += 32;
    }
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
  v128.store(out, c4, 64);
  v128.store(out, c5, 80);
  v128.store(out, c6, 96);
  v128.store(out, c7, 112);
}

/** The same for one panel of 8 channels. */
export function multiplyStrip8(
  base: usize,
  runs: usize,
  runsEnd: usize,
  panel: usize,
  bias: usize,
  out: usize,
): void {
  let c0 = v128.load(bias);
  let c1 = v128.load(bias, 16);
  for (let run = runs; run < runsEnd; run += RUN) {
    let a = base + load<usize>(run);
    const stride = load<usize>(run, 8);
    let w = panel + load<usize>(run, 12);
    const stop = w + (load<usize>(run, 16) << 5);
    while (w < stop) {
      const s = v128.load32_splat(a);
      c0 = madd(s, v128.load(w), c0);
      c1 = madd(s, v128.load(w, 16), c1);
      a += stride;
      w += 32;
    }
  }
  v128.store(out, c0);
  v128.store(out, c1, 16);
}
