/**
 * In which order a node with taps on itself can be computed for all positions at once, where the picture is there: in *waves*, sets of positions that need
 * nothing of one another. Position (y, x) belongs to wave
 *
 *     t(y, x) = down·y + along·x  (+ what makes the first 0)        along = 0, 1, -1: no tap in the row, taps on the left, on the right
 *
 * with the least `down` of at least 1 for which every tap, and the cell, lies in an earlier wave. What a tap (dy, dx) reads lies -(down·dy + along·dx) waves
 * before: the same for all positions. Row LSTM goes down row by row, Diagonal BiLSTM along diagonals: van den Oord et al. 2016, arXiv:1601.06759, section 3,
 * where a picture is skewed for it.
 */

/** A position that is read, relative to the reader. */
type Offset = readonly [dy: number, dx: number];

/** Which positions go together. */
export interface WaveOrder {
  /** Waves from a position to the one below it. */
  readonly down: number;
  /** Waves from a position to the one on its right. */
  readonly along: -1 | 0 | 1;
}

/** The order in which positions can be computed that read themselves at these offsets: rows above, or one side of the row. */
export function waveOrderOf(offsets: readonly Offset[]): WaveOrder {
  const inRow = offsets.find(([dy]) => dy === 0);
  const along = inRow === undefined ? 0 : inRow[1] < 0 ? 1 : -1;
  const above = offsets.filter(([dy]) => dy < 0);
  const down = Math.max(1, ...above.map(([dy, dx]) => Math.floor((along * dx) / -dy) + 1));
  return { down, along };
}

/** Waves that a picture has. */
export function waveCount({ down, along }: WaveOrder, height: number, width: number): number {
  return down * (height - 1) + Math.abs(along) * (width - 1) + 1;
}

/** The wave of a position. */
export function waveAt({ down, along }: WaveOrder, y: number, x: number, width: number): number {
  return down * y + along * x + (along < 0 ? width - 1 : 0);
}

/** Positions y·W + x of every wave, in raster order; a wave may be empty. */
export function wavesOf(order: WaveOrder, height: number, width: number): readonly (readonly number[])[] {
  const waves: number[][] = Array.from({ length: waveCount(order, height, width) }, () => []);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) waves[waveAt(order, y, x, width)]!.push(y * width + x);
  }
  return waves;
}
