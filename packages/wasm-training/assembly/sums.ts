// Sums over rows.

/**
 * out[c] = Σ_row x[row, c]. Runs of 32 rows are added in float32, the runs in float64 (`sums`, one f64 a column of
 * the folded width), so the error does not grow with the number of rows.
 *
 * Widths that are not a multiple of 4 are folded: four rows of C channels are one row of 4·C columns.
 */
export function channelSum(x: usize, rows: i32, channels: i32, sums: usize, out: usize): void {
  const fold = (channels & 3) == 0 ? 1 : 4;
  const width = channels * fold;
  const folded = rows / fold;
  const rowBytes = (<usize>width) << 2;
  memory.fill(sums, 0, (<usize>width) << 3);
  for (let first = 0; first < folded; first += 32) {
    const run = min(folded - first, 32);
    const block = x + <usize>first * rowBytes;
    for (let c = 0; c < width; c += 4) {
      let sum = f32x4.splat(0);
      let at = block + ((<usize>c) << 2);
      for (let row = 0; row < run; row++) {
        sum = f32x4.add(sum, v128.load(at));
        at += rowBytes;
      }
      const to = sums + ((<usize>c) << 3);
      v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(sum)));
      const upper = v128.shuffle<f32>(sum, sum, 2, 3, 2, 3);
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(upper)), 16);
    }
  }
  for (let row = folded * fold; row < rows; row++) {
    for (let c = 0; c < channels; c++) {
      const to = sums + ((<usize>c) << 3);
      store<f64>(to, load<f64>(to) + f64(load<f32>(x + ((<usize>(row * channels + c)) << 2))));
    }
  }
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    for (let part = c; part < width; part += channels) sum += load<f64>(sums + ((<usize>part) << 3));
    store<f32>(out + ((<usize>c) << 2), f32(sum));
  }
}

/** out[ids[n]] += x[n] for rows of `width` values; ids outside 0 … segments − 1 are dropped. */
// @ts-ignore: decorator
@inline
function segmentSum<T>(x: usize, ids: usize, out: usize, rows: i32, width: i32, segments: i32): void {
  memory.fill(out, 0, (<usize>(segments * width)) << 2);
  for (let n = 0; n < rows; n++) {
    const id = load<i32>(ids + ((<usize>n) << 2));
    if (<u32>id >= <u32>segments) continue;
    const to = out + ((<usize>(id * width)) << 2);
    const from = x + ((<usize>(n * width)) << 2);
    for (let k = 0; k < width; k++) {
      const at = (<usize>k) << 2;
      store<T>(to + at, load<T>(to + at) + load<T>(from + at));
    }
  }
}

export function segmentSumFloat(x: usize, ids: usize, out: usize, rows: i32, width: i32, segments: i32): void {
  segmentSum<f32>(x, ids, out, rows, width, segments);
}

export function segmentSumInt(x: usize, ids: usize, out: usize, rows: i32, width: i32, segments: i32): void {
  segmentSum<i32>(x, ids, out, rows, width, segments);
}
