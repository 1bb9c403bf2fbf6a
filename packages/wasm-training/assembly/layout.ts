// Moves that bring tensors into the layouts that the convolution kernels read.

/**
 * Copies rows × columns positions of `channels` floats into a wider frame whose positions hold `toChannels` floats.
 * Cells outside the copied part are left as they are (the frame is zeroed once, by `memory.fill`).
 */
export function copyIntoFrame(
  from: usize,
  rows: i32,
  columns: i32,
  fromRowBytes: usize,
  channels: i32,
  to: usize,
  toRowBytes: usize,
  toChannels: i32,
): void {
  for (let row = 0; row < rows; row++) {
    if (channels == toChannels) {
      memory.copy(to, from, (<usize>(columns * channels)) << 2);
    } else {
      let source = from;
      let target = to;
      for (let column = 0; column < columns; column++) {
        for (let c = 0; c < channels; c++) {
          store<f32>(target + ((<usize>c) << 2), load<f32>(source + ((<usize>c) << 2)));
        }
        source += (<usize>channels) << 2;
        target += (<usize>toChannels) << 2;
      }
    }
    from += fromRowBytes;
    to += toRowBytes;
  }
}

export function zero(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}

/**
 * One row of `depth` floats per position: the `channels` floats under every tap, tap after tap (im2col). The floats
 * from taps·channels to depth are left as they are.
 */
export function unfold(
  source: usize,
  taps: usize,
  tapCount: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  rowStep: usize,
  columnStep: usize,
  out: usize,
  depth: i32,
): void {
  for (let i = 0; i < rows; i++) {
    let position = source + <usize>i * rowStep;
    for (let j = 0; j < columns; j++) {
      let to = out;
      for (let t = 0; t < tapCount; t++) {
        let from = position + <usize>load<i32>(taps + ((<usize>t) << 2));
        for (let c = 0; c < channels; c++) {
          store<f32>(to, load<f32>(from));
          to += 4;
          from += 4;
        }
      }
      position += columnStep;
      out += (<usize>depth) << 2;
    }
  }
}

/**
 * Filter taps as panels of 8 output channels: [ceil(outs / 8)][depth][8], the last one 4 wide where at most 4
 * channels are left. Rows and channels beyond the filter's are 0.
 *
 * `filterTaps` holds the byte distance of every tap's matrix from `filter`; entry (k, n) of a tap's matrix lies
 * k·rowStep + n·channelStep bytes further. Every tap fills `rowsPerTap` rows, of which `ins` are the filter's.
 */
export function packPanels(
  filter: usize,
  filterTaps: usize,
  tapCount: i32,
  ins: i32,
  rowStep: usize,
  outs: i32,
  channelStep: usize,
  rowsPerTap: i32,
  depth: i32,
  panels: usize,
): void {
  for (let first = 0; first < outs; first += 8) {
    const width = outs - first > 4 ? 8 : 4;
    const filled = min(outs - first, width);
    memory.fill(panels, 0, (<usize>(depth * width)) << 2);
    for (let t = 0; t < tapCount; t++) {
      let row = filter + <usize>load<i32>(filterTaps + ((<usize>t) << 2)) + <usize>first * channelStep;
      let to = panels + ((<usize>(t * rowsPerTap * width)) << 2);
      for (let k = 0; k < ins; k++) {
        let from = row;
        for (let n = 0; n < filled; n++) {
          store<f32>(to + ((<usize>n) << 2), load<f32>(from));
          from += channelStep;
        }
        row += rowStep;
        to += (<usize>width) << 2;
      }
    }
    panels += (<usize>(depth * width)) << 2;
  }
}

/** out[b, j, i] = x[b, i, j], in squares that stay in the first-level cache. */
export function transposeMatrices(x: usize, out: usize, batch: i32, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  const outRowBytes = (<usize>rows) << 2;
  for (let b = 0; b < batch; b++) {
    for (let i0 = 0; i0 < rows; i0 += 16) {
      const i1 = min(rows, i0 + 16);
      for (let j0 = 0; j0 < columns; j0 += 16) {
        const j1 = min(columns, j0 + 16);
        for (let j = j0; j < j1; j++) {
          let from = x + <usize>i0 * rowBytes + ((<usize>j) << 2);
          let to = out + <usize>j * outRowBytes + ((<usize>i0) << 2);
          for (let i = i0; i < i1; i++) {
            store<f32>(to, load<f32>(from));
            from += rowBytes;
            to += 4;
          }
        }
      }
    }
    x += <usize>rows * rowBytes;
    out += <usize>rows * rowBytes;
  }
}
