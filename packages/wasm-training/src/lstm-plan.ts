// In which order an LSTM with taps on itself is computed, and where its positions lie.
//
// A wave is all positions that may be computed at once, in all pictures: those whose number down·y + along·x is the same. With along = 0 it is a row; else it
// has at most one position a row, and the next row's lies along·down columns aside. Waves are worked off by number, the gradient's by number backwards.
//
// What positions read of each other lies in a frame of zeros as large as the taps reach, all pictures side by side at every position.

/** Shapes, taps and order of an LSTM. */
export interface LstmGeometry {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** F: of h, and of c. */
  readonly channels: number;
  /** Flattened (dy, dx) pairs: where a position reads h. */
  readonly offsets: readonly number[];
  /** Whose cell it goes on from. */
  readonly cell: Offset;
  /** Flattened (start, end) ranges of h's channels; each has four quarters among the gates. */
  readonly groups: readonly number[];
  /** Positions of equal down·y + along·x are a wave; negative for every offset and the cell. `along` is −1, 0 or 1, and down 1 where it is 0. */
  readonly wave: { readonly down: number; readonly along: number };
}

type Offset = readonly [dy: number, dx: number];

/** Positions of a wave, lane after lane. */
export interface Wave {
  readonly lanes: number;
  /** Row and column of the first. */
  readonly row: number;
  readonly column: number;
  /** Lanes, from and to, whose cell before is in the picture. */
  readonly continues: readonly [first: number, end: number];
}

/** Rows and columns of zeros before and after a picture's. */
export interface LstmFrame {
  readonly rows: number;
  readonly columns: number;
  readonly top: number;
  readonly left: number;
  /** Positions from a lane to the next. */
  readonly laneStep: number;
}

/** What is run. */
export interface LstmPlan extends LstmGeometry {
  readonly waves: readonly Wave[];
  /** The most lanes. */
  readonly lanes: number;
  /** Positions in a picture from a lane to the next. */
  readonly laneStep: number;
  /** Indices and offsets of the taps that touch the picture at all; the cell, if it does. */
  readonly taps: readonly number[];
  readonly tapOffsets: readonly Offset[];
  readonly cellOffset: Offset | null;
  /** Where h is read, and where the gradients are, of who has read it. */
  readonly frame: LstmFrame;
  readonly gradientFrame: LstmFrame;
}

/** Works the waves and frames out: once, however often it is run. */
export function planLstm(geometry: LstmGeometry): LstmPlan {
  const { height, width, offsets, cell } = geometry;
  const touches = ([dy, dx]: Offset) => Math.abs(dy) < height && Math.abs(dx) < width;
  const offsetOf = (tap: number): Offset => [offsets[2 * tap]!, offsets[2 * tap + 1]!];
  const taps = Array.from({ length: offsets.length / 2 }, (_, tap) => tap).filter((tap) =>
    touches(offsetOf(tap)),
  );
  const tapOffsets = taps.map(offsetOf);
  const cellOffset = touches(cell) ? cell : null;
  const read = cellOffset === null ? tapOffsets : [...tapOffsets, cellOffset];
  const waves = wavesOf(geometry);
  return {
    ...geometry,
    waves,
    lanes: Math.max(0, ...waves.map(({ lanes }) => lanes)),
    laneStep: stepIn(width, geometry),
    taps,
    tapOffsets,
    cellOffset,
    frame: frameOf(geometry, tapOffsets),
    gradientFrame: frameOf(
      geometry,
      read.map(([dy, dx]) => [-dy, -dx]),
    ),
  };
}

/** Zeros as far as the offsets reach. */
function frameOf(geometry: LstmGeometry, read: readonly Offset[]): LstmFrame {
  const [dys, dxs] = [0, 1].map((axis) => [0, ...read.map((offset) => offset[axis]!)]) as [
    number[],
    number[],
  ];
  const [top, left] = [-Math.min(...dys), -Math.min(...dxs)];
  const columns = left + geometry.width + Math.max(...dxs);
  const rows = top + geometry.height + Math.max(...dys);
  return { rows, columns, top, left, laneStep: stepIn(columns, geometry) };
}

/** From a lane to the next where a row has so many positions. */
function stepIn(columns: number, { wave: { down, along } }: LstmGeometry): number {
  return along === 0 ? 1 : columns - along * down;
}

function wavesOf({ height, width, cell, wave: { down, along } }: LstmGeometry): Wave[] {
  const numbered = new Map<number, Offset[]>();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const number = down * row + along * column;
      const positions = numbered.get(number);
      if (positions === undefined) numbered.set(number, [[row, column]]);
      else positions.push([row, column]);
    }
  }
  const continues = ([row, column]: Offset) => {
    const [y, x] = [row + cell[0], column + cell[1]];
    return y >= 0 && y < height && x >= 0 && x < width;
  };
  return [...numbered]
    .sort(([a], [b]) => a - b)
    .map(([, positions]) => {
      const [row, column] = positions[0]!;
      const first = positions.findIndex(continues);
      const count = positions.filter(continues).length;
      return { lanes: positions.length, row, column, continues: [first, first + count] };
    });
}
